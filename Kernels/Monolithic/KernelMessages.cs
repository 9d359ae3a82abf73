using Disguise.Actors.Crossings;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic.SystemCalls;

namespace Disguise.Kernels.Monolithic;

/// <summary>
/// Tells messages to a monolithic kernel apart, for the counts of a result. Its own steps and
/// timers cross nothing; they count as scheduling.
/// </summary>
internal static class KernelMessages
{
    /// <summary>What a message is about.</summary>
    public static KernelMessageKind KindOf(object message) => message switch
    {
        MonolithicProtocol.SystemCall call => KindOf(call.Number),
        CoreProtocol.KernelInterrupt => KernelMessageKind.DataPath,
        CoreProtocol.TimerInterrupt or IInternalMessage => KernelMessageKind.Scheduling,
        CrossingMessage { Kind: var kind } when kind == CrossingKind.Operator =>
            KernelMessageKind.Operator,
        _ => KernelMessageKind.LifeOrFault,
    };

    private static KernelMessageKind KindOf(SystemCallNumber number) => number switch
    {
        SystemCallNumber.ReceiveFrom or SystemCallNumber.SendTo
            or SystemCallNumber.EventPollWait or SystemCallNumber.DrawWindow
            or SystemCallNumber.Read or SystemCallNumber.Write => KernelMessageKind.DataPath,
        SystemCallNumber.Yield or SystemCallNumber.Pause or SystemCallNumber.Kill =>
            KernelMessageKind.Scheduling,
        SystemCallNumber.Exit or SystemCallNumber.Fork or SystemCallNumber.Wait =>
            KernelMessageKind.LifeOrFault,
        _ => KernelMessageKind.Operator,
    };
}
