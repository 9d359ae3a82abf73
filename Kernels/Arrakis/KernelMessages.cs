using Disguise.Actors.Crossings;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.Scheduling;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// Tells messages to an Arrakis kernel apart, for the counts of a result: what is neither
/// scheduling, nor the operator's, nor the control plane's is on the data path if it comes between
/// a frame's arrival and its reply.
/// </summary>
public static class KernelMessages
{
    /// <summary>What a message is about.</summary>
    public static KernelMessageKind KindOf(object message) =>
        IsScheduling(message) ? KernelMessageKind.Scheduling
        : IsOperator(message) ? KernelMessageKind.Operator
        : IsControlCall(message) ? KernelMessageKind.ControlPlane
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

    /// <summary>
    /// Whether a message is a call of the control plane, at once or put off, or the NIC's answer
    /// to an order that a call led to.
    /// </summary>
    public static bool IsControlCall(object message) =>
        message is ArrakisProtocol.ControlCall or DeferredCall
            or PhysicalFunctionProtocol.Installed or PhysicalFunctionProtocol.Refused;

    /// <summary>Whether a message is an order of the operator or of the set-up.</summary>
    public static bool IsOperator(object message) =>
        message is CrossingMessage { Kind: var kind } && kind == CrossingKind.Operator;
}
