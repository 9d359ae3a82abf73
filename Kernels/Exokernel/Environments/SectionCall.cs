using Bits = Disguise.Actors.Crossings.Digest;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// A call about robust critical sections. Going in and out is a store to the environment's own
/// memory; the kernel is told where, and asked for what it has held back.
/// </summary>
public abstract record SectionCall : KernelCall
{
    private SectionCall()
    {
    }

    /// <summary>
    /// Says where in a frame of the caller's the three words are: inside, held back, broken. As
    /// long as the first is not 0, the end of the slice and requests to return something wait, and
    /// whoever wants to enter is told that the environment is busy; but no longer than the bound.
    /// </summary>
    public sealed record Register(long Frame, int OffsetBytes) : SectionCall
    {
        internal override string Name => "register-section";

        internal override ulong Digest => Bits.Of(35, (ulong)Frame, (ulong)OffsetBytes);
    }

    /// <summary>
    /// The section is over, and the second word says that something came meanwhile: it arrives
    /// after this has returned. The value is what it was.
    /// </summary>
    public sealed record Leave : SectionCall
    {
        internal override string Name => "leave-section";

        internal override ulong Digest => 36;
    }
}
