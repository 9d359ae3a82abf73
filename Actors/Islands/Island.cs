using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Islands;

/// <summary>
/// One emulated machine, or one switch with its clients: actors that run in one order on one
/// thread at a time. Inside it time moves from event to event; outside it only wires are known.
/// </summary>
public sealed class Island
{
    /// <summary>Most zero-delay deliveries within one instant; more is a livelock of ours.
    /// </summary>
    public const int InstantLimit = 1 << 20;

    private readonly EventHeap events;
    private readonly ReadyMailboxes ready = new();
    private readonly ActorSystemImpl system;
    private readonly IslandMailboxType mailboxType;
    private readonly bool direct;
    private readonly List<IslandActorRef> actors = [];
    private int ownerThread;
    private ulong eventCounter;
    private int deliveredInInstant;
    private Exception? broken;

    internal Island(ActorSystemImpl system, int index, string name, IslandOptions options)
    {
        this.system = system;
        Index = index;
        Name = name;
        direct = options.DirectInvocation && MailboxStatus.IsReadable;
        events = new EventHeap(options.PendingEventLimit);
        Frames = new FrameStore(options.FrameLimit);
        Random = new DeterministicRandom(options.Seed).Fork(name);
        mailboxType = new IslandMailboxType(system.Settings, Akka.Configuration.Config.Empty);
        Dispatcher = new IslandDispatcher.Configurator(
            system.Dispatchers.Prerequisites, this, ready).Dispatcher();
        ownerThread = Environment.CurrentManagedThreadId;
    }

    /// <summary>Index of the island in the experiment; the origin of its own events.</summary>
    public int Index { get; }

    /// <summary>Name of the island: the address of its machine or switch.</summary>
    public string Name { get; }

    /// <summary>Virtual time of the event that runs.</summary>
    public long NowPs { get; private set; }

    /// <summary>The word that travels with the message being delivered.</summary>
    public long Word { get; private set; }

    /// <summary>Identity of the sender of the message being delivered.</summary>
    public int From { get; private set; }

    /// <summary>Time of the island's earliest event.</summary>
    public long NextTimePs => events.NextTimePs;

    /// <summary>Bytes of the frames that are on wires or in devices of this island.</summary>
    public FrameStore Frames { get; }

    /// <summary>The island's source of randomness; components fork it by name.</summary>
    public DeterministicRandom Random { get; }

    /// <summary>What was delivered, by way and kind.</summary>
    public DeliveryCounts Deliveries { get; } = new();

    /// <summary>Running digest of the island's crossings.</summary>
    public IslandDigest Digest { get; } = new();

    /// <summary>Watches crossings when set; never changes the run.</summary>
    public ICrossingObserver? Observer { get; set; }

    /// <summary>Actors in the order of their creation; stopped ones included.</summary>
    public IReadOnlyList<IslandActorRef> Actors => actors;

    internal MessageDispatcher Dispatcher { get; }

    internal int QueueIndex { get; set; }

    internal int WorkerIndex { get; set; }

    /// <summary>Least lookahead of the island's output ports.</summary>
    internal long LookaheadPs { get; set; } = Picoseconds.Never;

    /// <summary>The outboxes of the worker that runs the island, by receiving worker.</summary>
    internal Outbox[] Outboxes { get; set; } = [];

    /// <summary>Makes the island's root. Call once, before the island first runs.</summary>
    public IslandActorRef SpawnRoot(Props props, string name)
    {
        RequireOwnThread();
        var top = system.Provider.RootPath / "islands";
        var supervisor = new IslandSupervisor(this, top, system.Provider);
        var root = NewReference(props, supervisor, new ChildActorPath(top, name, actors.Count));
        root.Start();
        Drain();
        return root;
    }

    /// <summary>Makes a child of an actor of this island. The name must be new.</summary>
    public IslandActorRef Spawn(IActorContext parent, Props props, string name)
    {
        RequireOwnThread();
        var cell = (ActorCell)parent;
        cell.ReserveChild(name);
        var path = new ChildActorPath(cell.Self.Path, name, actors.Count);
        var child = NewReference(props, (IInternalActorRef)cell.Self, path);
        cell.InitChild(child);
        child.Start();
        return child;
    }

    /// <summary>
    /// Delivers a message at a virtual time, now or later. The word travels with it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Schedule(
        long timePs, IslandActorRef target, object message, IActorRef? sender, long word = 0)
    {
        var from = IslandActorRefs.IdentityOf(sender);
        Schedule(timePs, target, message, sender, word, from);
    }

    /// <summary>As <c>Schedule</c>, with the sender's identity in trace and hash given.</summary>
    public void Schedule(
        long timePs, IslandActorRef target, object message, IActorRef? sender, long word, int from)
    {
        RequireOwnThread();
        if (timePs < NowPs)
            throw new InvalidOperationException($"event at {timePs} ps, island at {NowPs} ps");
        events.Push(
            timePs, EventHeap.Order(Index, eventCounter++),
            new EventPayload(target, message, sender, word, from));
    }

    /// <summary>Delivers a message that a wire brought; its key was assigned by the sender.
    /// </summary>
    internal void ScheduleArrival(
        long timePs, ulong order, IslandActorRef target, object message, long word, int from)
    {
        if (timePs < NowPs)
            throw new InvalidOperationException($"arrival at {timePs} ps, island at {NowPs} ps");
        events.Push(
            timePs, order, new EventPayload(target, message, ActorRefs.NoSender, word, from));
    }

    /// <summary>Runs every event before a time.</summary>
    public void RunUntil(long endPs)
    {
        RequireOwnThread();
        while (events.NextTimePs < endPs)
        {
            NowPs = events.Pop(out var payload);
            deliveredInInstant = 0;
            Deliver(payload);
            if (ready.Count > 0)
                Drain();
            if (broken is not null)
                throw new BrokenInvariantException(broken);
        }
    }

    /// <summary>Makes the calling thread the one that may touch the island.</summary>
    public void Enter() => ownerThread = Environment.CurrentManagedThreadId;

    internal Outbox Outbox(Island target) => Outboxes[target.WorkerIndex];

    internal void RequireOwnThread()
    {
        if (Environment.CurrentManagedThreadId != ownerThread)
        {
            throw new InvalidOperationException(
                $"island {Name} was touched by a thread that does not run it");
        }
    }

    internal void Break(IActorRef child, Exception cause) =>
        broken ??= new InvalidOperationException($"{child.Path.ToStringWithoutAddress()}: "
            + cause.Message, cause);

    internal void CountDeadLetter(object message) => Deliveries.CountDeadLetter(message);

    internal void DeliveredByMailbox(
        IslandActorRef target, object message, long word, int from, bool isRedelivery)
    {
        if (++deliveredInInstant > InstantLimit)
            throw new InvalidOperationException($"island {Name}: no progress at {NowPs} ps");
        Deliveries.ByMailbox++;
        if (isRedelivery)
            Deliveries.Redelivered++;
        else
            Record(target, message, word, from);
        Word = word;
        From = from;
    }

    private IslandActorRef NewReference(
        Props props, IInternalActorRef supervisor, ActorPath path)
    {
        var reference = new IslandActorRef(
            this, actors.Count, system, props, mailboxType, supervisor, path);
        actors.Add(reference);
        return reference;
    }

    private void Deliver(in EventPayload payload)
    {
        var cell = (ActorCell)payload.Target.Cell;
        var mailbox = cell.Mailbox;
        if (mailbox?.MessageQueue is not IslandMessageQueue queue)
        {
            CountDeadLetter(payload.Message);
            ReleaseWordOf(payload);
            return;
        }

        var envelope = new Envelope(payload.Message, payload.Sender);
        if (!direct || queue.HasMessages || !MailboxStatus.IsOpen(mailbox))
        {
            queue.NextWord(payload.Word, payload.From);
            Dispatcher.Dispatch(cell, envelope);
            return;
        }

        Deliveries.Direct++;
        Record(payload.Target, payload.Message, payload.Word, payload.From);
        Word = payload.Word;
        From = payload.From;
        InternalCurrentActorCellKeeper.Current = cell;
        cell.Invoke(envelope);
        InternalCurrentActorCellKeeper.Current = null;
    }

    private void ReleaseWordOf(in EventPayload payload)
    {
        if (payload.Message is IFrameMessage)
            Frames.Release(payload.Word);
    }

    private void Record(IslandActorRef target, object message, long word, int from)
    {
        target.DeliveryObserver?.Delivered(message, from, NowPs);
        if (message is not CrossingMessage crossing)
        {
            Deliveries.CountInternal(message);
            return;
        }

        var record = new Crossing(
            NowPs, crossing.ContentDigest(this, word), from, target.Ordinal,
            crossing.Kind.StableIdentity, Index);
        Digest.Add(record);
        Deliveries.CountCrossing(crossing.Kind);
        Observer?.Crossed(record, crossing, target, word);
    }

    private void Drain()
    {
        while (ready.Count > 0)
        {
            var run = (IRunnable)ready.TakeLowest();
            run.Run();
        }
    }
}
