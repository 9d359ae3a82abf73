using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>The guards of a core's time.</summary>
public static class ProcessorGuards
{
    /// <summary>
    /// Counts the ticks that an environment takes beyond the end of its slice. Off, it keeps the
    /// core for as long as it wants and pays nothing.
    /// </summary>
    public static readonly Guard Excess = new("slice-excess");

    /// <summary>
    /// Asks for a credential to the slice's capability when it is given back. Off, an environment
    /// can take another's time away.
    /// </summary>
    public static readonly Guard Capability = new("slice-capability");

    /// <summary>
    /// Lets nobody end a synchronous transfer but who was entered by it. Off, anybody who has a
    /// core can make a caller believe that its call is done.
    /// </summary>
    public static readonly Guard Return = new("transfer-return");
}
