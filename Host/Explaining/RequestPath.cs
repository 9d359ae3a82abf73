using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Host.Reports;

namespace Disguise.Host.Explaining;

/// <summary>
/// The path of one request: wires and devices, executors, devices and wires again. While it waits
/// for an executor, what that one and its core do is the reason; where they do nothing, what the
/// executor before still does, as its wake-up of the next. What nobody reported is a wait.
/// </summary>
internal sealed class RequestPath
{
    private readonly ActivityLog activities;
    private readonly RequestTimeline timeline = new();

    /// <summary>Begins a path.</summary>
    public RequestPath(ActivityLog activities, long startPs)
    {
        this.activities = activities;
        timeline.Begin(startPs);
    }

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<ExplainStep> Steps => timeline.Steps;

    /// <summary>Through wires and devices; between two of them a kernel may emulate a device.
    /// </summary>
    public void Through(IReadOnlyList<Stage> stages)
    {
        foreach (var stage in stages)
        {
            if (stage.StartPs > timeline.ReachedPs)
                CoverByKernels(stage.Island, stage.StartPs);
            if (stage.Emulating is { } core && CoverByKernel(core, stage.EndPs))
                continue;
            timeline.Extend(
                stage.StartPs, stage.EndPs - stage.StartPs, stage.Who, stage.What,
                KindOf(stage.What));
        }
    }

    /// <summary>Through executors, by their hand-overs in order.</summary>
    public void Through(IReadOnlyList<HandOver> way)
    {
        Executor? before = null;
        for (var index = 0; index + 1 < way.Count; index += 2)
        {
            var (taken, left) = (way[index], way[index + 1]);
            Executor[] levels = before is { } earlier
                ? [taken.Executor, earlier] : [taken.Executor];
            if (taken.Kind == HandOverKind.Taken)
                Cover(levels, 0, taken.AtPs);
            // A descriptor is taken when the executor gets there: what it does until it leaves.
            Cover([left.Executor, .. levels[1..]], 0, left.AtPs);
            before = left.Executor;
        }
    }

    /// <summary>
    /// Covers the path up to a time by what an executor and its kernel did, gaps by what other
    /// contexts did on its core, then by the next executor in the list.
    /// </summary>
    private void Cover(Executor[] executors, int level, long untilPs)
    {
        if (level == 2 * executors.Length)
            return;
        var executor = executors[level / 2];
        var found = level % 2 == 0
            ? activities.Of(executor, timeline.ReachedPs, untilPs)
            : activities.OfOthers(executor, timeline.ReachedPs, untilPs);
        foreach (var activity in found)
        {
            if (activity.StartPs > timeline.ReachedPs)
                Cover(executors, level + 1, activity.StartPs);
            Extend(activity, untilPs);
        }

        if (untilPs > timeline.ReachedPs)
            Cover(executors, level + 1, untilPs);
    }

    private void CoverByKernels(Island island, long untilPs)
    {
        foreach (var activity in activities.OfKernels(island, timeline.ReachedPs, untilPs))
            Extend(activity, untilPs);
    }

    /// <summary>
    /// Covers a wait for a core by what its kernel did meanwhile. False when some of it is left.
    /// </summary>
    private bool CoverByKernel(Core core, long untilPs)
    {
        foreach (var activity in activities.OfKernel(core, timeline.ReachedPs, untilPs))
            Extend(activity, untilPs);
        return timeline.ReachedPs >= untilPs;
    }

    private void Extend(Activity activity, long untilPs)
    {
        var startPs = Math.Max(activity.StartPs, timeline.ReachedPs);
        var endPs = Math.Min(activity.EndPs, untilPs);
        if (endPs < startPs || (endPs == startPs && activity.DurationPs > 0))
            return;
        timeline.Extend(
            startPs, endPs - startPs, activity.Who, activity.What,
            activity.IsOnItsWay ? "device" : "charge", activity.Count);
    }

    private static string KindOf(string what) =>
        what is "propagation" or "link serialisation" ? "wire"
        : what == "queue" ? "wait" : "device";
}
