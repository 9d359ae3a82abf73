using Disguise.Host.Results;
using Disguise.LibOS.Clients;

namespace Disguise.Host.Running;

/// <summary>
/// Latencies by group of clients. Islands record from several threads; a few recorders share the
/// work, and adding them up does not depend on who recorded what.
/// </summary>
internal sealed class LatencyBook
{
    private const int MostStripes = 16;

    private readonly Stripe[] stripes;
    private readonly int groups;

    public LatencyBook(int groups, int islands)
    {
        this.groups = groups;
        stripes = new Stripe[Math.Clamp(islands, 1, MostStripes)];
        for (var index = 0; index < stripes.Length; index++)
            stripes[index] = new Stripe(groups, stripes.Length < islands);
    }

    /// <summary>The sink of an island's clients.</summary>
    public ILatencySink SinkOf(int island) => stripes[island % stripes.Length];

    /// <summary>All that a group's clients measured.</summary>
    public LatencyRecorder Of(int group)
    {
        var sum = new LatencyRecorder();
        foreach (var stripe in stripes)
            stripe.AddTo(sum, group);
        return sum;
    }

    /// <summary>All that was measured.</summary>
    public LatencyRecorder All()
    {
        var sum = new LatencyRecorder();
        for (var group = 0; group < groups; group++)
        {
            foreach (var stripe in stripes)
                stripe.AddTo(sum, group);
        }

        return sum;
    }

    private sealed class Stripe(int groups, bool isShared) : ILatencySink
    {
        private readonly Lock gate = new();
        private readonly LatencyRecorder?[] recorders = new LatencyRecorder?[groups];

        public void Record(int group, long latencyPs)
        {
            if (!isShared)
            {
                (recorders[group] ??= new LatencyRecorder()).Record(latencyPs);
                return;
            }

            lock (gate)
                (recorders[group] ??= new LatencyRecorder()).Record(latencyPs);
        }

        public void AddTo(LatencyRecorder sum, int group)
        {
            if (recorders[group] is { } recorder)
                sum.Add(recorder);
        }
    }
}
