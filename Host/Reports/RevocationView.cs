using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>One revocation under one architecture, as the report shows it.</summary>
internal sealed class RevocationView
{
    private readonly RunResult run;

    public RevocationView(RunResult run, InjectionResult injection)
    {
        this.run = run;
        Injection = injection;
        var (machine, group) = Split(injection.Target);
        Hit = Steps([group]);
        Neighbours = Steps([.. run.Groups
            .Where(other => other.Name != group
                && other.Each.Any(tenant => Split(tenant.Name).Machine == machine))
            .Select(other => other.Name)]);
    }

    /// <summary>What came of it.</summary>
    public InjectionResult Injection { get; }

    /// <summary>The architecture.</summary>
    public string Architecture => run.Architecture;

    /// <summary>
    /// Operations a second of a tenant of the group that was hit, interval by interval; empty
    /// without a series.
    /// </summary>
    public IReadOnlyList<RateStep> Hit { get; }

    /// <summary>Those of a tenant of the other groups on its machine, on average.</summary>
    public IReadOnlyList<RateStep> Neighbours { get; }

    /// <summary>The length of an interval; 0 without a series.</summary>
    public double IntervalUs =>
        Hit.Count == 0 ? 0 : Hit[0].UntilUs - Hit[0].FromUs;

    /// <summary>What came of it, in a line.</summary>
    public string Words => Injection.DoneAfterUs is { } doneUs
        ? $"{Injection.Outcome}{ResultText.Amount(Injection)}, done +{ResultText.Number(doneUs)} us"
        : Injection.Outcome ?? "open";

    private RateStep[] Steps(string[] groups)
    {
        var series = groups
            .Select(name => run.Series.GetValueOrDefault(RunResult.GroupSeriesPrefix + name))
            .ToArray();
        var tenants = run.Groups
            .Where(group => groups.Contains(group.Name))
            .Sum(group => group.Tenants);
        if (groups.Length == 0 || series.Any(rates => rates is null) || tenants == 0)
            return [];
        var steps = new List<RateStep>();
        var beforeUs = 0.0;
        var ends = run.Series[RunResult.SeriesTimeKey];
        for (var interval = 0; interval < ends.Count; interval++)
        {
            var untilUs = ends[interval] ?? beforeUs;
            steps.Add(new RateStep(
                beforeUs - Injection.AtUs, untilUs - Injection.AtUs,
                series.Sum(rates => rates![interval]) / tenants));
            beforeUs = untilUs;
        }

        return [.. steps];
    }

    /// <summary>The machine and the group of a tenant's address.</summary>
    private static (string Machine, string Group) Split(string address)
    {
        var dot = address.LastIndexOf('.');
        var bracket = address.LastIndexOf('[');
        return dot < 0 ? ("", address)
            : (address[..dot], address[(dot + 1)..(bracket > dot ? bracket : address.Length)]);
    }
}
