using Disguise.Actors.Faults;
using Disguise.Actors.Time;

namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>
/// Who has a core and for how long, as in Aegis (E95 section 5.1.1): round robin over the vector
/// of slices, positions that nobody holds or whose environment sleeps are passed over. At the end
/// of a slice the environment is told and saves its own context; each tick that passes meanwhile
/// is excess, costs it one tick of a later slice, and beyond a threshold it is destroyed. The
/// rest of a slice can be given away by a yield to a named environment or by a protected
/// transfer; a synchronous one gives all later slices too, until it returns.
/// <code>
///   Idle:    somebody can run: to Running
///   Running: tick: goes on where the next slice is its own too, else to Saving;
///            yields, enters, returns: to Running with another;
///            sleeps, ends, has nothing left to give: to Running with the next, or to Idle
///   Saving:  saved: to Running with the next, or to Idle; tick: excess, beyond it destroyed
/// </code>
/// A slice is as long as its ticks from when it begins: what somebody's saving takes shortens
/// nobody else's slice, it delays it. A pure machine: time comes in, what to do comes out.
/// </summary>
internal sealed class SliceMachine
{
    private readonly ProcessorOptions options;
    private readonly EnvironmentTimes environments;
    private readonly IWakeUps wakeUps;
    private readonly bool isExcessCounted;
    private readonly bool isReturnChecked;
    private readonly int core;

    private int position;
    private int sliceTicks;
    private long sliceStartPs;
    private long runSincePs;
    private bool isSaving;
    private long timerPs = Picoseconds.Never;

    /// <summary>The machine of one core.</summary>
    public SliceMachine(
        int core, ProcessorOptions options, EnvironmentTimes environments, IWakeUps wakeUps,
        Guards guards)
    {
        this.core = core;
        this.options = options;
        this.environments = environments;
        this.wakeUps = wakeUps;
        isExcessCounted = guards.IsOn(ProcessorGuards.Excess);
        isReturnChecked = guards.IsOn(ProcessorGuards.Return);
        Vector = new SliceVector(options, guards.IsOn(ProcessorGuards.Capability));
        position = options.Positions - 1;
    }

    /// <summary>Who holds which position.</summary>
    public SliceVector Vector { get; }

    /// <summary>Who has the core, or nobody.</summary>
    public int Running { get; private set; } = SliceVector.Nobody;

    /// <summary>Whether who has the core has been told that its slice is over.</summary>
    public bool IsSaving => isSaving;

    /// <summary>The position whose slice runs, or ran last.</summary>
    public int Position => position;

    /// <summary>
    /// Something has changed that decides who can run: who holds which position, who is awake, a
    /// word of memory that somebody waits for.
    /// </summary>
    public SliceDecision Reconsider(long atPs)
    {
        if (Running == SliceVector.Nobody)
            return Next(atPs);
        if (isSaving)
            return Decide(SliceAction.Continue);
        PassWholeSlices(atPs);
        ArmForSlice();
        return Decide(SliceAction.Continue);
    }

    /// <summary>The core's timer has interrupted.</summary>
    public SliceDecision Expire(long atPs)
    {
        if (Running == SliceVector.Nobody)
            return Next(atPs);
        if (isSaving)
            return CountExcess(atPs);
        Spend(sliceTicks);
        sliceTicks = 0;
        if (NextIsTheSame() is var next && next >= 0)
        {
            BeginSlice(next, atPs);
            ArmForSlice();
            return Decide(SliceAction.Continue);
        }

        isSaving = true;
        timerPs = isExcessCounted ? atPs + options.TickPs : Picoseconds.Never;
        return Decide(SliceAction.EndSlice);
    }

    /// <summary>
    /// An environment is done: its context is saved, or it leaves the rest of its slice to
    /// whoever is next.
    /// </summary>
    public SliceDecision Finish(int environment, long atPs)
    {
        Require(environment);
        Stop(atPs);
        return Next(atPs);
    }

    /// <summary>Whether an environment can yield to a named one.</summary>
    public SliceRefusal CheckYield(int environment, int to) =>
        !Has(environment) ? SliceRefusal.NotRunning
        : environments.IsPresent(to) ? SliceRefusal.None : SliceRefusal.NoSuchEnvironment;

    /// <summary>
    /// An environment gives the rest of its slice to a named one. Where that sleeps or has
    /// another core, or where nothing is left, the next in the vector runs.
    /// </summary>
    public SliceDecision Yield(int environment, int to, long atPs)
    {
        Require(environment);
        if (isSaving)
        {
            Stop(atPs);
            return Next(atPs) with { IsDonationLost = true };
        }

        var heir = environments.HeirOf(to);
        if (heir == environment)
            return Decide(SliceAction.Continue);
        var products = 0;
        if (!CanRun(heir, atPs, ref products))
        {
            Stop(atPs);
            var next = Next(atPs);
            return next with { IsDonationLost = true, Products = next.Products + products };
        }

        return HandOver(SliceAction.StartSlice, heir, atPs) with { Products = products };
    }

    /// <summary>Whether an environment can enter another.</summary>
    public SliceRefusal CheckEnter(int caller, int callee, bool isSynchronous)
    {
        if (!Has(caller) || isSaving)
            return SliceRefusal.NotRunning;
        if (!environments.IsPresent(callee))
            return SliceRefusal.NoSuchEnvironment;
        if (environments[callee].Core >= 0 || environments[callee].Heir != SliceVector.Nobody)
            return SliceRefusal.Busy;
        return isSynchronous && environments[caller].Depth >= options.MaximumDonationDepth
            ? SliceRefusal.TooDeep : SliceRefusal.None;
    }

    /// <summary>
    /// A protected transfer: the callee runs in what is left of this slice, and where the
    /// transfer is synchronous in all later slices of the caller until it returns. Who slept is
    /// awake.
    /// </summary>
    public SliceDecision Enter(int caller, int callee, bool isSynchronous, long atPs)
    {
        if (CheckEnter(caller, callee, isSynchronous) != SliceRefusal.None)
            throw new InvalidOperationException($"{caller} cannot enter {callee}");
        environments.Wake(callee);
        if (isSynchronous)
            environments.Wait(caller, callee);
        return HandOver(SliceAction.Enter, callee, atPs);
    }

    /// <summary>Whether an environment can return to one that entered it.</summary>
    public SliceRefusal CheckReturn(int callee, int caller)
    {
        if (!Has(callee) || isSaving)
            return SliceRefusal.NotRunning;
        if (!environments.IsPresent(caller))
            return SliceRefusal.NoSuchEnvironment;
        if (environments[caller].Core >= 0)
            return SliceRefusal.Busy;
        var heir = environments[caller].Heir;
        return heir == callee || (!isReturnChecked && heir != SliceVector.Nobody)
            ? SliceRefusal.None : SliceRefusal.NotEntered;
    }

    /// <summary>The end of a synchronous transfer: the caller has its slices back.</summary>
    public SliceDecision Return(int callee, int caller, long atPs)
    {
        if (CheckReturn(callee, caller) != SliceRefusal.None)
            throw new InvalidOperationException($"{callee} cannot return to {caller}");
        environments.EndWait(caller);
        return HandOver(SliceAction.Resume, caller, atPs);
    }

    /// <summary>An environment sleeps, at most until a time.</summary>
    public SliceDecision Sleep(int environment, long untilPs, long atPs)
    {
        Require(environment);
        environments.Sleep(environment, untilPs);
        Stop(atPs);
        return Next(atPs);
    }

    /// <summary>
    /// An environment that ends loses its slices and the core, which then stands idle until it is
    /// reconsidered.
    /// </summary>
    public void Evict(int environment, long atPs)
    {
        for (var at = Vector.Find(environment); at >= 0; at = Vector.Find(environment, at))
            Vector.Free(at);
        if (Running == environment)
            Stop(atPs);
    }

    private SliceDecision Decide(SliceAction action) => new(action, Running, timerPs);

    private bool Has(int environment) =>
        environment == Running && environment != SliceVector.Nobody;

    private void Require(int environment)
    {
        if (!Has(environment))
            throw new InvalidOperationException($"environment {environment} has not core {core}");
    }

    private SliceDecision CountExcess(long atPs)
    {
        timerPs = atPs + options.TickPs;
        return ++environments[Running].ExcessTicks > options.ExcessThresholdTicks
            ? Decide(SliceAction.Destroy) : Decide(SliceAction.Continue);
    }

    /// <summary>
    /// The position that comes next, if what runs will run there too: then nobody's context has
    /// to be saved. Else -1.
    /// </summary>
    private int NextIsTheSame()
    {
        for (var step = 1; step <= Vector.Length; step++)
        {
            var at = (position + step) % Vector.Length;
            var holder = Vector.HolderOf(at);
            if (holder == SliceVector.Nobody)
                continue;
            return environments.HeirOf(holder) == Running
                && environments[holder].ExcessTicks == 0 ? at : -1;
        }

        return -1;
    }

    /// <summary>Goes round until somebody can run, or nobody has anything left to pay.</summary>
    private SliceDecision Next(long atPs)
    {
        int products = 0, forfeited = 0, forfeitedBefore;
        do
        {
            forfeitedBefore = forfeited;
            var from = position;
            for (var step = 1; step <= Vector.Length; step++)
            {
                var at = (from + step) % Vector.Length;
                if (Vector.HolderOf(at) == SliceVector.Nobody)
                    continue;
                if (!ComesUp(at, atPs, ref products, ref forfeited))
                    continue;
                BeginSlice(at, atPs, isRefilled: true);
                Begin(environments.HeirOf(Vector.HolderOf(at)), atPs);
                ArmForSlice();
                return Decide(SliceAction.StartSlice) with
                {
                    Products = products,
                    Forfeited = forfeited,
                };
            }
        }
        while (forfeited > forfeitedBefore);

        timerPs = EarliestWakePs();
        return Decide(SliceAction.Idle) with { Products = products, Forfeited = forfeited };
    }

    /// <summary>
    /// A position comes up. Who holds it pays what it owes, if it could have run: nobody pays in
    /// its sleep.
    /// </summary>
    private bool ComesUp(int at, long atPs, ref int products, ref int forfeited)
    {
        var holder = Vector.HolderOf(at);
        Vector.Refill(at);
        if (!CanRun(environments.HeirOf(holder), atPs, ref products))
            return false;
        ref var time = ref environments[holder];
        var paid = Math.Min(time.ExcessTicks, Vector.TicksOf(at));
        time.ExcessTicks -= paid;
        Vector.Spend(at, paid);
        if (Vector.TicksOf(at) > 0)
            return true;
        time.ForfeitedSlices++;
        forfeited++;
        return false;
    }

    private bool CanRun(int environment, long atPs, ref int products)
    {
        ref var time = ref environments[environment];
        if (time.Core >= 0)
            return false;
        if (!time.IsAsleep)
            return true;
        if (time.UntilPs > atPs && !wakeUps.IsDue(environment, ref products))
            return false;
        environments.Wake(environment);
        return true;
    }

    private long EarliestWakePs()
    {
        var earliestPs = Picoseconds.Never;
        for (var at = 0; at < Vector.Length; at++)
        {
            if (Vector.HolderOf(at) is var holder && holder == SliceVector.Nobody)
                continue;
            ref var time = ref environments[environments.HeirOf(holder)];
            if (time.IsAsleep)
                earliestPs = Math.Min(earliestPs, time.UntilPs);
        }

        return earliestPs;
    }

    private SliceDecision HandOver(SliceAction action, int to, long atPs)
    {
        PassWholeSlices(atPs);
        Suspend(atPs);
        Begin(to, atPs);
        ArmForSlice();
        return Decide(action);
    }

    private void BeginSlice(int at, long atPs, bool isRefilled = false)
    {
        position = at;
        if (!isRefilled)
            Vector.Refill(at);
        sliceTicks = Vector.TicksOf(at);
        sliceStartPs = atPs;
    }

    private void Begin(int environment, long atPs)
    {
        Running = environment;
        ref var time = ref environments[environment];
        time.Core = core;
        time.Starts++;
        runSincePs = atPs;
        isSaving = false;
    }

    /// <summary>What runs leaves the core, and nobody uses the rest of the slice.</summary>
    private void Stop(long atPs)
    {
        if (!isSaving)
        {
            PassWholeSlices(atPs);
            var used = (atPs - sliceStartPs + options.TickPs - 1) / options.TickPs;
            Spend((int)Math.Min(used, sliceTicks));
        }

        Suspend(atPs);
        isSaving = false;
    }

    private void Suspend(long atPs)
    {
        ref var time = ref environments[Running];
        time.Core = -1;
        time.RanPs += atPs - runSincePs;
        Running = SliceVector.Nobody;
    }

    /// <summary>While nobody else had a slice no timer was armed: whole slices have passed.
    /// </summary>
    private void PassWholeSlices(long atPs)
    {
        var slicePs = sliceTicks * options.TickPs;
        if (timerPs == Picoseconds.Never)
            sliceStartPs += (atPs - sliceStartPs) / slicePs * slicePs;
    }

    private void ArmForSlice()
    {
        var isAlone = Vector.HolderCount == 1 && Vector.HolderOf(position) == Running;
        timerPs = isAlone ? Picoseconds.Never : sliceStartPs + (sliceTicks * options.TickPs);
    }

    /// <summary>Takes ticks from the position that runs, unless it was taken from its holder.
    /// </summary>
    private void Spend(int count)
    {
        if (Vector.HolderOf(position) != SliceVector.Nobody)
            Vector.Spend(position, Math.Min(count, Vector.TicksOf(position)));
    }
}
