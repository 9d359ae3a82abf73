using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Host.Experiments;

namespace Disguise.Host.Explaining;

/// <summary>
/// What contexts and the kernels under them did, and when. A charge is told when a context's code
/// runs, ahead of the island's time; an interrupt that then takes the core pushes back what is
/// left of it. The log moves the rest as the core does, so that it holds what happened.
/// </summary>
internal sealed class ActivityLog
{
    /// <summary>How many activities are kept until a request is followed.</summary>
    private const int KeptBefore = 1 << 13;

    /// <summary>How many are kept in all: some hundred megabytes.</summary>
    private const int Limit = 1 << 22;

    private readonly List<Activity> activities = [];
    private readonly Dictionary<CpuContext, List<(long AtPs, long DurationPs)>> stolen = [];

    /// <summary>Whether all is kept; else only the latest.</summary>
    public bool KeepsAll { get; set; }

    /// <summary>A context was charged.</summary>
    public void Charged(
        CpuContext context, LedgerAccount account, CostKey key, long count, long startPs,
        long durationPs)
    {
        var first = activities.Count;
        Add(new Activity(
            context.Core, context, startPs, durationPs, account.Who, key.Name, count));
        if (key != HardwareCosts.Poll || !stolen.Remove(context, out var interruptions))
            return;
        foreach (var (atPs, lostPs) in interruptions)
            PushBack(context, atPs, lostPs, first);
    }

    /// <summary>A core did its kernel's work, or an interrupt is on its way to it.</summary>
    public void Occupied(
        Core core, string who, string what, long count, long startPs, long durationPs)
    {
        var activity = new Activity(core, null, startPs, durationPs, who, what, count);
        if (!activity.IsOnItsWay && core.Current is { } context)
        {
            if (context.State == ContextState.Polling)
                StolenFrom(context).Add((startPs, durationPs));
            else if (context.State == ContextState.Running && context.ClockPs > startPs)
                PushBack(context, startPs, durationPs, 0);
        }

        Add(activity);
    }

    /// <summary>
    /// What matters to a request that an executor has or that waits for it: its own work and that
    /// of the kernel on its core, in order of time.
    /// </summary>
    public List<Activity> Of(Executor executor, long fromPs, long untilPs) => Select(
        activity => activity.Context is null
            ? activity.Core is { } core && executor.IsOn(core) && !activity.IsOnItsWay
            : ReferenceEquals(activity.Context, executor.Context),
        fromPs, untilPs);

    /// <summary>
    /// What other contexts did on an executor's core, and interrupts that were on their way to it.
    /// </summary>
    public List<Activity> OfOthers(Executor executor, long fromPs, long untilPs) => Select(
        activity => activity.Core is { } core && executor.IsOn(core)
            && (activity.Context is null
                ? activity.IsOnItsWay
                : !ReferenceEquals(activity.Context, executor.Context)),
        fromPs, untilPs);

    /// <summary>What kernels did on any core of an island.</summary>
    public List<Activity> OfKernels(Island island, long fromPs, long untilPs) => Select(
        activity => activity.Context is null && !activity.IsOnItsWay
            && ReferenceEquals(activity.Core?.Actor.Island, island),
        fromPs, untilPs);

    /// <summary>What the kernel did on a core.</summary>
    public List<Activity> OfKernel(Core core, long fromPs, long untilPs) => Select(
        activity => activity.Context is null && !activity.IsOnItsWay
            && ReferenceEquals(activity.Core, core),
        fromPs, untilPs);

    private List<Activity> Select(Func<Activity, bool> belongs, long fromPs, long untilPs)
    {
        var found = new List<Activity>();
        foreach (var activity in activities)
        {
            if (activity.IsWithin(fromPs, untilPs) && belongs(activity))
                found.Add(activity);
        }

        return [.. found.OrderBy(activity => activity.StartPs)];
    }

    private void Add(Activity activity)
    {
        if (!KeepsAll && activities.Count >= 2 * KeptBefore)
            activities.RemoveRange(0, KeptBefore);
        if (activities.Count >= Limit)
        {
            throw new ExperimentError(
                "explain", $"more than {Limit} charges while the request was under way",
                "an earlier --request, or less load");
        }

        activities.Add(activity);
    }

    private List<(long AtPs, long DurationPs)> StolenFrom(CpuContext context)
    {
        if (!stolen.TryGetValue(context, out var interruptions))
            stolen.Add(context, interruptions = []);
        return interruptions;
    }

    /// <summary>What a context has yet to do at a time is done later.</summary>
    private void PushBack(CpuContext context, long atPs, long durationPs, int first)
    {
        for (var index = activities.Count - 1; index >= first; index--)
        {
            var activity = activities[index];
            if (!ReferenceEquals(activity.Context, context))
                continue;
            if (activity.EndPs <= atPs)
                break;
            if (activity.StartPs >= atPs)
            {
                activities[index] = activity with { StartPs = activity.StartPs + durationPs };
                continue;
            }

            // The part before keeps the count, so that events are counted once.
            activities[index] = activity with { DurationPs = atPs - activity.StartPs };
            activities.Insert(index + 1, activity with
            {
                StartPs = atPs + durationPs,
                DurationPs = activity.EndPs - atPs,
                Count = 0,
            });
        }
    }
}
