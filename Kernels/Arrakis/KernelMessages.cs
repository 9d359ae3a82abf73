using Disguise.Actors.Crossings;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Kernels.Abstractions;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// Tells messages to an Arrakis kernel apart, for the counts of a result: what is neither
/// scheduling nor the operator's is on the data path if it comes between a frame's arrival and
/// its reply.
/// </summary>
public static class KernelMessages
{
    /// <summary>What a message is about.</summary>
    public static KernelMessageKind KindOf(object message) =>
        IsScheduling(message) ? KernelMessageKind.Scheduling
        : IsOperator(message) ? KernelMessageKind.Operator
        : IsLifeOrFault(message) ? KernelMessageKind.LifeOrFault
        : KernelMessageKind.DataPath;

    /// <summary>
    /// Whether a message has to do with who runs: waiting, yielding, wake-ups and slice ends.
    /// </summary>
    public static bool IsScheduling(object message) => message is ArrakisProtocol.WaitForDoorbell
        or ArrakisProtocol.Yield or CoreProtocol.KernelInterrupt or CoreProtocol.TimerInterrupt;

    /// <summary>Whether a context begins or ends, or a device reports a fault of its own.
    /// </summary>
    public static bool IsLifeOrFault(object message) => message is ArrakisProtocol.StartContext
        or ArrakisProtocol.Exit or IommuFaultReport;

    /// <summary>Whether a message is an order of the operator or of the set-up.</summary>
    public static bool IsOperator(object message) =>
        message is CrossingMessage { Kind: var kind } && kind == CrossingKind.Operator;
}
