using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Kernels.Exokernel.Processor;

namespace Disguise.Kernels.Tests.Exokernel.Processor;

/// <summary>
/// Cores, environments and a clock. Environments save their context at once unless a test says
/// otherwise; what happened on the first core stands in a line of text.
/// </summary>
internal sealed class ProcessorScene : IWakeUps
{
    private readonly HashSet<int> due = [];
    private readonly long tickPs;

    public ProcessorScene(
        int environments = 4, ProcessorOptions? options = null, int cores = 1,
        params Guard[] guardsOff)
    {
        options ??= ProcessorOptions.Aegis with { Positions = 8 };
        tickPs = options.TickPs;
        Cores = new Processors(cores, 1024, options, this, Guards.AllBut(guardsOff));
        for (var environment = 0; environment < environments; environment++)
            Times.Add(environment);
        Decisions = new SliceDecision[cores];
        for (var core = 0; core < cores; core++)
        {
            Decisions[core] = new SliceDecision(
                SliceAction.Idle, SliceVector.Nobody, Picoseconds.Never);
        }
    }

    public EnvironmentTimes Times => Cores.Environments;

    public Processors Cores { get; }

    public SliceMachine Core => Cores[0];

    public SliceDecision[] Decisions { get; }

    public SliceDecision Last => Decisions[0];

    /// <summary>Now, in ticks of the clock.</summary>
    public double NowTicks => NowPs / (double)tickPs;

    public long NowPs { get; set; }

    /// <summary>Who does not save its context when its slice ends.</summary>
    public HashSet<int> Overstaying { get; } = [];

    /// <summary>Who was told what, and what that cost others.</summary>
    public List<string> Story { get; } = [];

    public int Looks { get; private set; }

    public bool IsDue(int environment, ref int products)
    {
        Looks++;
        products += environment + 1;
        return due.Contains(environment);
    }

    public void MakeDue(int environment) => due.Add(environment);

    public ProcessorScene Hold(int environment, params int[] positions)
    {
        foreach (var position in positions)
        {
            Assert.Equal(SliceRefusal.None, Core.Vector.CheckAllocate(position));
            Core.Vector.Allocate(environment, position);
        }

        return this;
    }

    public SliceDecision Take(SliceDecision decision, int core = 0)
    {
        Decisions[core] = decision;
        if (core == 0 && decision.Action != SliceAction.Continue)
            Story.Add($"{decision.Action} {decision.Environment}");
        return decision;
    }

    public SliceDecision Start() => Take(Core.Reconsider(NowPs));

    /// <summary>The clock goes on; timers interrupt, who is told to save its context does.
    /// </summary>
    public void Run(double ticks)
    {
        var endPs = NowPs + (long)(ticks * tickPs);
        while (Earliest() is var core && core >= 0 && Decisions[core].TimerPs <= endPs)
        {
            NowPs = Math.Max(NowPs, Decisions[core].TimerPs);
            Take(Cores[core].Expire(NowPs), core);
            Settle(core);
        }

        NowPs = endPs;
    }

    /// <summary>Who was told to is done at once.</summary>
    public void Settle(int core)
    {
        if (Decisions[core].Action == SliceAction.Destroy)
            Remove(Decisions[core].Environment);

        if (Decisions[core].Action == SliceAction.EndSlice
            && !Overstaying.Contains(Decisions[core].Environment))
            Take(Cores[core].Finish(Decisions[core].Environment, NowPs), core);
    }

    /// <summary>An environment ends; who waited for it is returned.</summary>
    public List<int> Remove(int environment)
    {
        var callers = new List<int>();
        Cores.Remove(environment, NowPs, callers);
        for (var core = 0; core < Cores.Count; core++)
            Take(Cores[core].Reconsider(NowPs), core);
        return callers;
    }

    /// <summary>The part of the time that has passed in which an environment had a core.</summary>
    public double Share(int environment) => Times[environment].RanPs / (double)NowPs;

    private int Earliest()
    {
        var earliest = -1;
        for (var core = 0; core < Cores.Count; core++)
        {
            if (Decisions[core].TimerPs != Picoseconds.Never
                && (earliest < 0 || Decisions[core].TimerPs < Decisions[earliest].TimerPs))
                earliest = core;
        }

        return earliest;
    }
}
