using Disguise.Actors.Crossings;
using Disguise.Hardware.Cores;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// Tells messages to an Arrakis kernel apart, for the counts of a result: what is neither
/// scheduling nor the operator's is on the data path if it comes between a frame's arrival and
/// its reply.
/// </summary>
public static class KernelMessages
{
    /// <summary>
    /// Whether a message has to do with who runs: waiting, yielding, starting, ending, wake-ups
    /// and slice ends.
    /// </summary>
    public static bool IsScheduling(object message) => message is ArrakisProtocol.WaitForDoorbell
        or ArrakisProtocol.Yield or ArrakisProtocol.StartContext or ArrakisProtocol.Exit
        or CoreProtocol.KernelInterrupt or CoreProtocol.TimerInterrupt;

    /// <summary>Whether a message is an order of the operator or of the set-up.</summary>
    public static bool IsOperator(object message) =>
        message is CrossingMessage { Kind: var kind } && kind == CrossingKind.Operator;
}
