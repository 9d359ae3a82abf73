namespace Disguise.Kernels.Exokernel.Frames;

/// <summary>How many frames an environment has, by use.</summary>
internal struct FrameHoldings
{
    /// <summary>The frame that it got last, from the first frame on.</summary>
    public int Newest;

    /// <summary>All that it owns.</summary>
    public int Owned;

    /// <summary>Those that it has named for the guarantee.</summary>
    public int Reserved;

    /// <summary>Those that hold its page tables.</summary>
    public int Tables;

    /// <summary>All that it owns but its page tables.</summary>
    public readonly int Untabled => Owned - Tables;

    /// <summary>Whether it is there.</summary>
    public bool IsAdmitted;
}
