using Disguise.Kernels.Exokernel.Capabilities;

namespace Disguise.Kernels.Exokernel.Frames;

/// <summary>What the kernel keeps of a frame.</summary>
internal struct FrameRecord
{
    /// <summary>Who may do what with it.</summary>
    public PageList List;

    /// <summary>The environment that it counts to.</summary>
    public int Owner;

    /// <summary>How often its capabilities have changed, free times included.</summary>
    public uint Generation;

    /// <summary>The next of the same owner, from the first frame on; -1 at the end.</summary>
    public int Next;

    /// <summary>The one before; -1 at the beginning.</summary>
    public int Previous;

    /// <summary>What for.</summary>
    public FrameUse Use;
}
