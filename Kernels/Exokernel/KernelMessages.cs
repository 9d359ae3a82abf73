using Disguise.Actors.Crossings;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel.Environments;

namespace Disguise.Kernels.Exokernel;

/// <summary>Tells messages to an Exokernel apart, for the counts of a result.</summary>
internal static class KernelMessages
{
    /// <summary>What a message is about.</summary>
    /// <param name="message">The message.</param>
    /// <param name="word">The word that came with it.</param>
    /// <param name="environmentLimit">Events from it on are interrupts of the shared card.</param>
    public static KernelMessageKind KindOf(object message, long word, int environmentLimit) =>
        message is CoreProtocol.KernelInterrupt
            && CoreProtocol.KernelInterrupt.EventOf(word) >= environmentLimit
            ? KernelMessageKind.DataPath : KindOf(message);

    private static KernelMessageKind KindOf(object message) => message switch
    {
        ExokernelProtocol.FrameCopied or ExokernelProtocol.TransmitDue
            or ExokernelProtocol.ReceiveGoesOn
            or ExokernelProtocol.Call
        {
            Request: KernelCall.Transmit or RegionCall.Read or RegionCall.Write,
        } =>
            KernelMessageKind.DataPath,
        ExokernelProtocol.Sleep or ExokernelProtocol.Yield or ExokernelProtocol.Saved
            or ExokernelProtocol.Transfer or ExokernelProtocol.TransferBack
            or ExokernelProtocol.SleepFor or ExokernelProtocol.WordWritten
            or ExokernelProtocol.SectionDue
            or CoreProtocol.KernelInterrupt or CoreProtocol.TimerInterrupt =>
            KernelMessageKind.Scheduling,
        ExokernelProtocol.Call or ExokernelProtocol.DeferredCall or ExokernelProtocol.GiveBack
            or MemoryProtocol.ReturnFrames or MemoryProtocol.WithdrawPages
            or ExokernelProtocol.RevocationDue
            or PhysicalFunctionProtocol.Installed or PhysicalFunctionProtocol.Refused =>
            KernelMessageKind.ControlPlane,
        CrossingMessage { Kind: var kind } when kind == CrossingKind.Operator =>
            KernelMessageKind.Operator,
        _ => KernelMessageKind.LifeOrFault,
    };
}
