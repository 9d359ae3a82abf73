using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Islands;

/// <summary>
/// All islands of an experiment and the wires between them. Runs them window by window on fixed
/// worker threads; the result is the same for any number of threads and any way of cutting
/// windows (conservative synchronisation: Chandy and Misra 1979, Bryant 1977; windows as in
/// Nicol 1993).
/// </summary>
public sealed class Emulation : IDisposable
{
    private const string Settings = """
        akka {
          loggers = []
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          scheduler.implementation = "Disguise.Actors.Time.IslandScheduler, Disguise.Actors"
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          coordinated-shutdown.run-by-actor-system-terminate = off
          actor.serialize-messages = off
        }
        """;

    private readonly EmulationOptions options;
    private readonly ActorSystemImpl system;
    private readonly List<Island> islands = [];
    private readonly List<(Island Source, OutputPort Port)> outputs = [];
    private readonly List<InputPort> inputs = [];
    private int originCount;
    private Windows? windows;

    /// <summary>Starts the actor system that the islands' actors live in.</summary>
    public Emulation(EmulationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.WindowDivisor, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HashIntervalPs, 1);
        this.options = options;
        system = (ActorSystemImpl)ActorSystem.Create(
            "disguise", ConfigurationFactory.ParseString(Settings));
        Hash = new RunHash(options.HashIntervalPs);
    }

    /// <summary>Hash of the run so far.</summary>
    public RunHash Hash { get; }

    /// <summary>The islands in the order of their making.</summary>
    public IReadOnlyList<Island> Islands => islands;

    /// <summary>All islands have reached this time.</summary>
    public long NowPs { get; private set; }

    /// <summary>Windows run so far. Depends on how windows are cut; not part of a result.</summary>
    public long WindowCount => windows?.Count ?? 0;

    /// <summary>Least lookahead of all output ports.</summary>
    public long LookaheadPs =>
        outputs.Count == 0 ? Picoseconds.Never : outputs.Min(output => output.Port.LookaheadPs);

    /// <summary>
    /// Adds an island. Its weight is its expected share of events, by which workers get islands.
    /// </summary>
    public Island AddIsland(string name, long weight = 1)
    {
        RequireNotRunning();
        if (originCount >= EventHeap.OriginLimit)
            throw new InvalidOperationException($"more than {EventHeap.OriginLimit} origins");
        var island = new Island(
            system, originCount++, name, options.Islands with { Seed = options.Seed });
        islands.Add(island);
        island.Weight = weight;
        return island;
    }

    /// <summary>Adds the end of a wire: arrivals become messages to an actor.</summary>
    public InputPort AddInput(IslandActorRef target, object message)
    {
        RequireNotRunning();
        var port = new InputPort(inputs.Count, target, message);
        inputs.Add(port);
        return port;
    }

    /// <summary>Adds the beginning of a wire.</summary>
    public OutputPort AddOutput(Island source, long lookaheadPs)
    {
        RequireNotRunning();
        ArgumentOutOfRangeException.ThrowIfLessThan(lookaheadPs, 1);
        if (originCount >= EventHeap.OriginLimit)
            throw new InvalidOperationException($"more than {EventHeap.OriginLimit} origins");
        var port = new OutputPort(originCount++, source, lookaheadPs);
        source.LookaheadPs = Math.Min(source.LookaheadPs, lookaheadPs);
        outputs.Add((source, port));
        return port;
    }

    /// <summary>
    /// Runs every event before a time. Ends early, at the edge of a window, when the observer
    /// says so; then <see cref="NowPs"/> is less than <paramref name="untilPs"/>.
    /// </summary>
    public void Run(long untilPs, IProgressObserver? observer = null)
    {
        windows ??= new Windows(
            options, [.. islands], [.. islands.Select(island => island.Weight)], [.. inputs], Hash);
        windows.Run(untilPs, observer);
        NowPs = windows.NowPs;
    }

    /// <summary>Closes the hash's last interval. Call once, after the last run.</summary>
    public void FinishHash() => windows?.CloseInterval();

    /// <summary>Events delivered on all islands.</summary>
    public long EventCount => islands.Sum(island => island.Deliveries.Total);

    /// <summary>
    /// Events delivered by each worker thread. Depends on the number of threads; not part of a
    /// result.
    /// </summary>
    public IReadOnlyList<long> WorkerEventCounts => windows?.EventCounts ?? [];

    /// <summary>Stops the worker threads and the actor system.</summary>
    public void Dispose()
    {
        windows?.Dispose();
        // Islands are outside the guardian tree, so this does not wait for their actors. The system
        // disposes of its scheduler when it has ended: a wheel that is gone before keeps threads
        // of the pool waiting for its start for ever.
        system.Terminate();
    }

    private void RequireNotRunning()
    {
        if (windows is not null)
            throw new InvalidOperationException("islands and wires are made before the first run");
    }
}
