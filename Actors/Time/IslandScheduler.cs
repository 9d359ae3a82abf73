using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Actors.Time;

/// <summary>
/// Akka's scheduler in virtual time: timers that an island's actor sets become events of that
/// island. Everything else of the process keeps Akka's own wheel. Akka rounds to 100 ns; devices
/// use <see cref="Island.Schedule(long, IslandActorRef, object, IActorRef, long)"/>.
/// </summary>
public sealed class IslandScheduler(Config config, ILoggingAdapter log)
    : SchedulerBase(config, log), IDateTimeOffsetNowTimeProvider, IDisposable
{
    private const long PicosecondsPerTick = 100_000;

    private readonly HashedWheelTimerScheduler wheel = new(config, log);

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock =>
        Here is { } island ? TimeSpan.FromTicks(island.NowPs / PicosecondsPerTick)
            : wheel.MonotonicClock;

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => Here is { } island
        ? DateTimeOffset.UnixEpoch.AddTicks(island.NowPs / PicosecondsPerTick)
        : ((ITimeProvider)wheel).Now;

    private static IslandDispatcher? HereDispatcher =>
        InternalCurrentActorCellKeeper.Current?.Dispatcher as IslandDispatcher;

    private static Island? Here => HereDispatcher?.Island;

    /// <inheritdoc/>
    public void Dispose() => wheel.Dispose();

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable)
    {
        if (Here is { } island)
            At(island, delay, receiver, message, sender);
        else
            ((ITellScheduler)wheel).ScheduleTellOnce(delay, receiver, message, sender, cancelable);
    }

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message,
        IActorRef sender, ICancelable cancelable)
    {
        if (Here is not null)
        {
            // A cancelled repetition would have to be taken from the heap.
            throw new NotSupportedException(
                "periodic timers are not in virtual time: start a single timer anew each time");
        }

        ((ITellScheduler)wheel).ScheduleTellRepeatedly(
            initialDelay, interval, receiver, message, sender, cancelable);
    }

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(
        TimeSpan delay, Action action, ICancelable cancelable)
    {
        if (HereDispatcher is { IsDetaching: true })
            return;
        RequireOutside();
        ((IAdvancedScheduler)wheel).ScheduleOnce(delay, action, cancelable);
    }

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(
        TimeSpan delay, IRunnable action, ICancelable cancelable)
    {
        RequireOutside();
        ((IAdvancedScheduler)wheel).ScheduleOnce(delay, action, cancelable);
    }

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable)
    {
        RequireOutside();
        ((IAdvancedScheduler)wheel).ScheduleRepeatedly(initialDelay, interval, action, cancelable);
    }

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable)
    {
        RequireOutside();
        ((IAdvancedScheduler)wheel).ScheduleRepeatedly(initialDelay, interval, action, cancelable);
    }

    private static void At(
        Island island, TimeSpan delay, ICanTell receiver, object message, IActorRef sender)
    {
        if (receiver is not IslandActorRef actor || !ReferenceEquals(actor.Island, island))
            throw new InvalidOperationException("a timer of an island stays in the island");
        island.Schedule(
            island.NowPs + (delay.Ticks * PicosecondsPerTick), actor, message, sender);
    }

    private static void RequireOutside()
    {
        if (Here is not null)
            throw new NotSupportedException("an island schedules messages, not actions");
    }
}
