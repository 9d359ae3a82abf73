using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Hardware.Machines;

namespace Disguise.LibOS.Composition.Churn;

/// <summary>
/// The source of a group's tenants on one machine: they arrive as a Poisson process drawn from the
/// island's seed, or all at once, live for their lifetime, and end in order. One that arrives takes
/// the place that has been free for longest; where every place is taken it is turned away and not
/// tried again. A place is free again when the kernel has taken everything back. It stands inside
/// the island, so that who is there at which time does not depend on threads, windows or nodes.
/// </summary>
public sealed class TenantSourceActor : EmulatedActor
{
    private readonly TenantChurn churn;
    private readonly IslandActorRef machine;
    private readonly DeterministicRandom random;
    private readonly Place[] places;
    private readonly Queue<int> free;

    /// <summary>Makes a source that waits to be started.</summary>
    /// <param name="churn">Who comes and goes.</param>
    /// <param name="launcher">Starts and ends tenants.</param>
    /// <param name="machine">The machine's actor.</param>
    public TenantSourceActor(
        TenantChurn churn, ITenantLauncher launcher, IslandActorRef machine)
    {
        this.churn = churn;
        this.machine = machine;
        random = Island.Random.Fork(churn.Address);
        places = [.. churn.Places.Select((plan, number) => new Place(number, plan, launcher))];
        free = new Queue<int>(Enumerable.Range(0, places.Length));
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case TenantSourceProtocol.Start start:
                if (churn.MeanIntervalPs == 0)
                    Send(Me, AllArrive.Instance, start.AtPs);
                else
                    ScheduleArrival(start.AtPs);
                break;
            case AllArrive:
                while (free.Count > 0)
                    Arrive();
                break;
            case OneArrives:
                ScheduleArrival(NowPs);
                if (free.Count > 0)
                    Arrive();
                else
                    churn.Observer.TurnedAway(NowPs);
                break;
            case LifetimeEnded:
                Depart((int)Word, (int)(Word >> 32));
                break;
            case MachineProtocol.PartEnded:
                Free(places[(int)Word]);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void ScheduleArrival(long fromPs) => Send(
        Me, OneArrives.Instance, fromPs + random.NextExponentialPs(churn.MeanIntervalPs));

    private void Arrive()
    {
        var place = places[free.Dequeue()];
        place.Generation++;
        place.IsDeparting = false;
        place.IsFree = false;
        churn.Observer.Arrived(place.Plan, NowPs);
        Send(machine, place.StartOrder, NowPs);
        if (churn.LifetimePs > 0)
        {
            Send(
                Me, LifetimeEnded.Instance, NowPs + churn.LifetimePs,
                ((long)place.Generation << 32) | (uint)place.Number);
        }
    }

    /// <summary>A tenant's time is over, unless it has ended before and another has its place.
    /// </summary>
    private void Depart(int number, int generation)
    {
        var place = places[number];
        if (place.Generation != generation || place.IsFree)
            return;
        place.IsDeparting = true;
        Send(machine, place.StopOrder, NowPs);
    }

    private void Free(Place place)
    {
        churn.Observer.Ended(place.Plan, NowPs, place.IsDeparting);
        place.IsFree = true;
        free.Enqueue(place.Number);
    }

    /// <summary>All places are taken at once.</summary>
    private sealed record AllArrive : IInternalMessage
    {
        public static AllArrive Instance { get; } = new();
    }

    /// <summary>The next tenant of the process comes.</summary>
    private sealed record OneArrives : IInternalMessage
    {
        public static OneArrives Instance { get; } = new();
    }

    /// <summary>The word is the place, with its generation above.</summary>
    private sealed record LifetimeEnded : IInternalMessage, IWordMessage
    {
        public static LifetimeEnded Instance { get; } = new();
    }

    private sealed class Place : IMachinePart
    {
        private readonly ITenantLauncher launcher;

        public Place(int number, TenantPlan plan, ITenantLauncher launcher)
        {
            Number = number;
            Plan = plan;
            this.launcher = launcher;
            StartOrder = new MachineProtocol.StartPart(this);
            StopOrder = new MachineProtocol.StopPart(this);
        }

        public int Number { get; }

        public TenantPlan Plan { get; }

        public MachineProtocol.StartPart StartOrder { get; }

        public MachineProtocol.StopPart StopOrder { get; }

        /// <summary>Counts those who had the place; a lifetime of an earlier one is ignored.
        /// </summary>
        public int Generation { get; set; }

        public bool IsFree { get; set; } = true;

        public bool IsDeparting { get; set; }

        public IslandActorRef Start() => launcher.Start(Plan);

        public void Stop(IslandActorRef part, IslandActorRef machine) =>
            launcher.Stop(part, machine);
    }
}
