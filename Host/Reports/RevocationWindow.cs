using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>
/// What stands in a picture of one revocation: what came of it under each architecture, and how
/// fast the tenant that it hit and its neighbours were around it.
/// </summary>
internal sealed class RevocationWindow
{
    private const double LeastUs = 10;

    private RevocationWindow(IReadOnlyList<RevocationView> views)
    {
        Views = views;
        var lastUs = views.Max(view => Math.Max(
            view.Injection.DoneAfterUs ?? 0, view.Injection.DeadlineAfterUs ?? 0));
        var spanUs = Math.Max(LeastUs, Math.Max(lastUs, 4 * views.Max(view => view.IntervalUs)));
        FromUs = -spanUs / 2;
        UntilUs = spanUs * 1.5;
    }

    /// <summary>One for each architecture that was ordered to revoke.</summary>
    public IReadOnlyList<RevocationView> Views { get; }

    /// <summary>Where it begins, in microseconds from the order.</summary>
    public double FromUs { get; }

    /// <summary>Where it ends.</summary>
    public double UntilUs { get; }

    /// <summary>The revocations of some runs, in the order of the injections.</summary>
    public static IEnumerable<RevocationWindow> AllOf(IReadOnlyList<RunResult> runs)
    {
        for (var index = 0; index < runs.Max(run => run.Injections.Count); index++)
        {
            var views = runs
                .Where(run => index < run.Injections.Count
                    && run.Injections[index] is { Outcome: not null } injection
                    && injection.What.StartsWith("revoke ", StringComparison.Ordinal))
                .Select(run => new RevocationView(run, run.Injections[index]))
                .ToArray();
            if (views.Any(view => view.Injection.DoneAfterUs is not null))
                yield return new RevocationWindow(views);
        }
    }

    /// <summary>The largest of the rates that are in it.</summary>
    public double? LargestRate => Views
        .SelectMany(view => new[] { view.Hit, view.Neighbours })
        .SelectMany(steps => steps)
        .Where(step => step.UntilUs > FromUs && step.FromUs < UntilUs)
        .Max(step => step.Rate);
}
