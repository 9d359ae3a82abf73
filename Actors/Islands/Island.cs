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
    /// <summary>
    /// Most deliveries within one instant unless the options say otherwise; more is a livelock
    /// of ours.
    /// </summary>
    public const int InstantLimit = 1 << 22;

    /// <summary>
    /// Stopped actors that an island remembers; the one that stopped longest ago is forgotten for
    /// the next. So a run in which actors come and go for ever takes no more and more memory.
    /// </summary>
    public const int StoppedLimit = 1_024;

    // The head of a heap holds most of the events that come next, in some order.
    private const int WarmUpEvents = 128;
    private const int WarmUpEvery = 63;

    private readonly EventHeap events;
    private readonly Arrivals arrivals = new();
    private readonly ReadyMailboxes ready = new();
    private readonly ActorSystemImpl system;
    private readonly IslandMailboxType mailboxType;
    private readonly bool direct;
    private readonly int instantLimit;
    private readonly List<IslandActorRef?> actors = [];
    private readonly Queue<int> stopped = new();
    private IslandMessageQueue?[] queues = new IslandMessageQueue?[4];
    private int ownerThread;
    private ulong eventCounter;
    private int deliveredInInstant;
    private bool hasPendingWord;
    private long pendingWord;
    private int pendingFrom;
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
        instantLimit = options.InstantLimit;
        mailboxType = new IslandMailboxType(
            system.Settings, Akka.Configuration.Config.Empty, this);
        Dispatcher = new IslandDispatcher.Configurator(
            system.Dispatchers.Prerequisites, this, ready).Dispatcher();
        ownerThread = Environment.CurrentManagedThreadId;
    }

    /// <summary>Index of the island in the experiment; the origin of its own events.</summary>
    public int Index { get; }

    /// <summary>Name of the island: the address of its machine or switch.</summary>
    public string Name { get; }

    /// <summary>
    /// Expected share of events, by which workers get islands when the first run begins.
    /// </summary>
    public long Weight { get; set; } = 1;

    /// <summary>Virtual time of the event that runs.</summary>
    public long NowPs { get; private set; }

    /// <summary>The word that travels with the message being delivered.</summary>
    public long Word { get; private set; }

    /// <summary>Identity of the sender of the message being delivered.</summary>
    public int From { get; private set; }

    /// <summary>Time of the island's earliest event.</summary>
    public long NextTimePs => Math.Min(events.NextTimePs, arrivals.EarliestPs);

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

    /// <summary>Watches the lives of actors when set; never changes the run.</summary>
    public ILifecycleObserver? LifecycleObserver { get; set; }

    /// <summary>
    /// Actors in the order of their creation; stopped ones included, but for those forgotten.
    /// </summary>
    public IEnumerable<IslandActorRef> Actors => actors.OfType<IslandActorRef>();

    /// <summary>Actors made so far; the next one's ordinal.</summary>
    public int ActorCount => actors.Count;

    internal MessageDispatcher Dispatcher { get; }

    internal int QueueIndex { get; set; }

    internal int WorkerIndex { get; set; }

    /// <summary>
    /// The worker has more actors than a cache holds, so that a visit finds none of them there.
    /// </summary>
    internal bool IsCold { get; set; }

    /// <summary>Least lookahead of the island's output ports.</summary>
    internal long LookaheadPs { get; set; } = Picoseconds.Never;

    /// <summary>The worker that runs the island; none before the first run.</summary>
    internal Worker? Worker { get; set; }

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

    /// <summary>The actor with an ordinal; null for none and for a forgotten one.</summary>
    public IslandActorRef? ActorAt(int ordinal) =>
        (uint)ordinal < (uint)actors.Count ? actors[ordinal] : null;

    /// <summary>
    /// Delivers a message at a virtual time, now or later. The word travels with it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Schedule(
        long timePs, IslandActorRef target, object message, IActorRef? sender, long word = 0)
    {
        if (sender is IslandActorRef actor && ReferenceEquals(actor.Island, this))
            Push(timePs, target, message, word, actor.Ordinal);
        else
            Schedule(timePs, target, message, sender, word, IslandActorRefs.IdentityOf(sender));
    }

    /// <summary>As <c>Schedule</c>, with the sender's identity in trace and hash given.</summary>
    public void Schedule(
        long timePs, IslandActorRef target, object message, IActorRef? sender, long word, int from)
    {
        if (!ReferenceEquals(ActorAt(from), sender))
            message = new SentBy(message, sender);
        Push(timePs, target, message, word, from);
    }

    /// <summary>Delivers a message that a wire brought; its key was assigned by the sender.
    /// </summary>
    internal void ScheduleArrival(long timePs, ulong order, InputPort port, long word)
    {
        if (timePs < NowPs)
            throw new InvalidOperationException($"arrival at {timePs} ps, island at {NowPs} ps");
        events.Push(
            timePs, order,
            new EventPayload(port.Message, word, port.TargetOrdinal, port.Identity));
    }

    /// <summary>Runs every event before a time.</summary>
    public void RunUntil(long endPs)
    {
        RequireOwnThread();
        TakeArrivals();
        var untilWarmUp = 0;
        while (events.NextTimePs < endPs)
        {
            if (IsCold && untilWarmUp-- == 0)
            {
                WarmUp(endPs);
                untilWarmUp = WarmUpEvery;
            }

            var timePs = events.Pop(out var payload);
            if (timePs != NowPs)
            {
                NowPs = timePs;
                deliveredInInstant = 0;
            }

            Deliver(payload);
            if (ready.Count > 0)
                Drain();
            if (broken is not null)
                throw new BrokenInvariantException(broken);
        }
    }

    /// <summary>Makes the calling thread the one that may touch the island.</summary>
    public void Enter() => ownerThread = Environment.CurrentManagedThreadId;

    /// <summary>Takes what a wire brought; it becomes an event when the island next runs.
    /// </summary>
    internal void Arrive(long timePs, ulong order, InputPort port, long word)
    {
        arrivals.Add(timePs, order, port, word);
        Worker?.Queue.Lower(this, timePs);
    }

    internal void RequireOwnThread()
    {
        if (Environment.CurrentManagedThreadId != ownerThread)
            throw ForeignThread();
    }

    internal void RequireOwnThreadOrBreak()
    {
        if (Environment.CurrentManagedThreadId == ownerThread)
            return;
        throw Broken(ForeignThread().Message);
    }

    /// <summary>Remembers that an invariant broke, for where Akka drops exceptions.</summary>
    internal InvalidOperationException Broken(string what)
    {
        var failure = new InvalidOperationException(what);
        Interlocked.CompareExchange(ref broken, failure, null);
        return failure;
    }

    internal void Break(IActorRef child, Exception cause) =>
        broken ??= new InvalidOperationException($"{child.Path.ToStringWithoutAddress()}: "
            + cause.Message, cause);

    /// <summary>
    /// Akka drops what an actor throws while it stops or gives way to its replacement; a bug of
    /// ours must end the run there too.
    /// </summary>
    internal void BreakUnlessComponent(IActorRef actor, Exception cause)
    {
        if (!ComponentSupervision.IsComponentFailure(cause))
            Break(actor, cause);
    }

    internal void Undelivered(object message, long word, UndeliveredReason reason)
    {
        Deliveries.CountUndelivered(message, reason);
        if (message is IFrameMessage)
            Frames.Release(word);
    }

    internal void UndeliveredToStopped(object message)
    {
        var pending = TakePendingWord();
        Undelivered(message, pending?.Word ?? 0, UndeliveredReason.ReceiverStopped);
    }

    /// <summary>Word and sender of the event that is being put into a mailbox, if one is.</summary>
    internal (long Word, int From)? TakePendingWord()
    {
        if (!hasPendingWord)
            return null;
        hasPendingWord = false;
        return (pendingWord, pendingFrom);
    }

    internal void DeliveredByMailbox(
        IslandActorRef target, object message, long word, int from, bool isRedelivery)
    {
        CountInInstant();
        Deliveries.ByMailbox++;
        Word = word;
        if (isRedelivery)
            Deliveries.Redelivered++;
        else
            Record(target, message, word, from);
        From = from;
    }

    /// <summary>
    /// An actor has stopped. Of one that is forgotten nothing is kept: what still comes for it
    /// goes to nobody.
    /// </summary>
    internal void Stopped(int ordinal)
    {
        RecordLifecycle(LifecycleKind.Stopped, ordinal, ordinal);
        stopped.Enqueue(ordinal);
        if (stopped.Count <= StoppedLimit)
            return;
        var oldest = stopped.Dequeue();
        queues[oldest] = null;
        actors[oldest] = null;
    }

    internal void RecordLifecycle(LifecycleKind kind, int actor, int about)
    {
        var step = new LifecycleStep(NowPs, kind, actor, about, Index);
        Digest.Add(step.ToRecord());
        LifecycleObserver?.Happened(step);
    }

    private IslandActorRef NewReference(
        Props props, IInternalActorRef supervisor, ActorPath path)
    {
        if (actors.Count == IslandActorRefs.PortBase)
            throw new InvalidOperationException($"island {Name} has too many actors");
        var reference = new IslandActorRef(
            this, actors.Count, system, props, mailboxType, supervisor, path);
        actors.Add(reference);
        if (reference.Ordinal == queues.Length)
            Array.Resize(ref queues, queues.Length * 2);
        var cell = (ActorCell)reference.Cell;
        var queue = (IslandMessageQueue)cell.Mailbox!.MessageQueue;
        queue.Attach(cell);
        queues[reference.Ordinal] = queue;
        return reference;
    }

    private void Push(
        long timePs, IslandActorRef target, object message, long word, int from)
    {
        RequireOwnThread();
        if (timePs < NowPs)
            throw new InvalidOperationException($"event at {timePs} ps, island at {NowPs} ps");
        if (!ReferenceEquals(target.Island, this))
            throw new InvalidOperationException($"{target.Path} is on another island");
        events.Push(
            timePs, EventHeap.Order(Index, eventCounter++),
            new EventPayload(message, word, target.Ordinal, from));
    }

    private void TakeArrivals()
    {
        foreach (ref readonly var arrival in arrivals.All)
            ScheduleArrival(arrival.TimePs, arrival.Order, arrival.Port, arrival.Word);
        arrivals.Clear();
    }

    private void WarmUp(long endPs)
    {
        Span<int> targets = stackalloc int[WarmUpEvents];
        var found = events.TargetsBefore(endPs, targets);
        Prefetch.Actors(queues, targets[..found]);
    }

    private void Deliver(in EventPayload payload)
    {
        CountInInstant();
        var queue = queues[payload.Target];
        if (queue is null)
        {
            var message = payload.Message is SentBy sent ? sent.Message : payload.Message;
            Undelivered(message, payload.Word, UndeliveredReason.ReceiverStopped);
            return;
        }

        var mailbox = queue.Mailbox;
        if (!direct || queue.HasMessages || !MailboxStatus.IsOpen(mailbox)
            || payload.Message is SentBy)
        {
            DeliverByMailbox(payload, queue);
            return;
        }

        Deliveries.Direct++;
        Word = payload.Word;
        Record(queue.Owner, payload.Message, payload.Word, payload.From);
        From = payload.From;
        var cell = queue.Cell;
        InternalCurrentActorCellKeeper.Current = cell;
        cell.Invoke(new Envelope(payload.Message, ActorAt(payload.From)));
        // As a mailbox does after each message: what the actor did to itself comes first.
        if (MailboxStatus.HasSystemMessages(mailbox))
            MailboxStatus.ProcessAllSystemMessages(mailbox);
        InternalCurrentActorCellKeeper.Current = null;
        // Unstashing fills a mailbox without making it ready.
        if (queue.HasMessages)
            MailboxStatus.RegisterForExecution(Dispatcher, mailbox, true, false);
    }

    private void DeliverByMailbox(in EventPayload payload, IslandMessageQueue queue)
    {
        var message = payload.Message;
        IActorRef? sender = ActorAt(payload.From);
        if (message is SentBy sent)
        {
            message = sent.Message;
            sender = sent.Sender;
        }

        hasPendingWord = true;
        pendingWord = payload.Word;
        pendingFrom = payload.From;
        Dispatcher.Dispatch(queue.Cell, new Envelope(message, sender));
    }

    private void Record(IslandActorRef target, object message, long word, int from)
    {
        target.DeliveryObserver?.Delivered(message, from, NowPs);
        if (message is not CrossingMessage crossing)
        {
            Deliveries.CountInternal(message);
            if (message is Terminated terminated)
            {
                RecordLifecycle(LifecycleKind.Terminated, target.Ordinal,
                    IslandActorRefs.IdentityOf(terminated.ActorRef));
            }

            return;
        }

        var record = new Crossing(
            NowPs, crossing.ContentDigest(this, word), from, target.Ordinal,
            crossing.Kind.StableIdentity, Index);
        Digest.Add(record);
        Deliveries.CountCrossing(crossing.Kind);
        Observer?.Crossed(record, crossing, target, word);
    }

    private void CountInInstant()
    {
        if (++deliveredInInstant > instantLimit)
            throw new InvalidOperationException($"island {Name}: no progress at {NowPs} ps");
    }

    private void Drain()
    {
        while (ready.Count > 0)
        {
            // Restarts without end deliver no message, so runs count too.
            CountInInstant();
            var mailbox = ready.TakeLowest();
            ((IslandMessageQueue)mailbox.MessageQueue).AllowOne();
            ((IRunnable)mailbox).Run();
        }

        if (broken is not null)
            throw new BrokenInvariantException(broken);
    }

    private InvalidOperationException ForeignThread() =>
        new($"island {Name} was touched by a thread that does not run it");
}
