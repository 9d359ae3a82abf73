namespace Disguise.Kernels.Exokernel.Capabilities;

/// <summary>
/// A self-authenticating capability to one page (Engler et al., SOSP 1995, section 3.1): a value of
/// two words that an environment keeps and passes on as it likes, in registers or in memory. It
/// says which page, to read or to write, and of which generation of the page's capabilities; the
/// seal, a keyed hash of that, tells the kernel that it made it. The kernel keeps no list of them.
/// </summary>
/// <param name="Claim">From the least significant bit: generation (32), write (1), frame (31).
/// </param>
/// <param name="Seal">The keyed hash of the claim.</param>
public readonly record struct PageCapability(ulong Claim, ulong Seal)
{
    /// <summary>Frames that can be named.</summary>
    public const long FrameLimit = 1L << (64 - FrameShift);

    private const int WriteShift = 32;
    private const int FrameShift = 33;

    /// <summary>The page's frame.</summary>
    public long Frame => (long)(Claim >> FrameShift);

    /// <summary>Whether it allows to write, as well as to read.</summary>
    public bool IsForWriting => ((Claim >> WriteShift) & 1) != 0;

    /// <summary>How often the page's capabilities had changed when it was sealed.</summary>
    public uint Generation => (uint)Claim;

    /// <summary>The claim, without a seal.</summary>
    public static ulong ClaimOf(long frame, bool isForWriting, uint generation)
    {
        if ((ulong)frame >= FrameLimit)
        {
            throw new InvalidOperationException($"Frame {frame} has no capability.");
        }

        return ((ulong)frame << FrameShift) | (isForWriting ? 1UL << WriteShift : 0) | generation;
    }
}
