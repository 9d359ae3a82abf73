using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Dispatch;

/// <summary>
/// The dispatcher of one island. It runs nothing by itself: mailboxes that become ready are kept
/// by creation ordinal until the island drains them within the same instant. It throws when a
/// thread that does not run the island sends to it.
/// </summary>
public sealed class IslandDispatcher : MessageDispatcher
{
    private readonly Island island;
    private readonly ReadyMailboxes ready;

    internal IslandDispatcher(
        MessageDispatcherConfigurator configurator, Island island, ReadyMailboxes ready)
        : base(configurator)
    {
        this.island = island;
        this.ready = ready;
        Throughput = 1;
    }

    /// <summary>The island that this dispatcher serves.</summary>
    public Island Island => island;

    /// <summary>
    /// While the last actor leaves, Akka asks to shut the dispatcher down later, by the wall
    /// clock. An island without actors keeps its dispatcher, so that request is dropped.
    /// </summary>
    internal bool IsDetaching { get; private set; }

    /// <inheritdoc/>
    public override void Dispatch(ActorCell cell, Envelope envelope)
    {
        // Akka drops what is thrown here on most ways, so the island remembers it as well.
        island.RequireOwnThreadOrBreak();
        if (cell.Mailbox?.MessageQueue is IslandMessageQueue)
            base.Dispatch(cell, envelope);
        else
            island.UndeliveredToStopped(envelope.Message);
    }

    /// <inheritdoc/>
    public override void SystemDispatch(ActorCell cell, SystemMessage message)
    {
        island.RequireOwnThreadOrBreak();
        base.SystemDispatch(cell, message);
    }

    /// <inheritdoc/>
    public override void Detach(ActorCell cell)
    {
        if (cell.Self is IslandActorRef stopped)
            island.Stopped(stopped.Ordinal);
        IsDetaching = true;
        base.Detach(cell);
        IsDetaching = false;
    }

    /// <inheritdoc/>
    protected override void ExecuteTask(IRunnable run)
    {
        if (run is Mailbox { MessageQueue: IslandMessageQueue queue } mailbox)
            ready.Add(mailbox, queue.Owner.Ordinal);
        else
            run.Run();
    }

    /// <inheritdoc/>
    protected override void Shutdown()
    {
    }

    internal new sealed class Configurator : MessageDispatcherConfigurator
    {
        private const string Settings = """
            id = island
            throughput = 1
            throughput-deadline-time = 0ms
            shutdown-timeout = 1s
            mailbox-type = ""
            """;

        private static readonly Config Parsed = ConfigurationFactory.ParseString(Settings);
        private readonly IslandDispatcher dispatcher;

        public Configurator(IDispatcherPrerequisites prerequisites, Island island,
            ReadyMailboxes ready)
            : base(Parsed, prerequisites) =>
            dispatcher = new IslandDispatcher(this, island, ready);

        public override MessageDispatcher Dispatcher() => dispatcher;
    }
}
