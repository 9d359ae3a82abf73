namespace Disguise.Kernels.Exokernel.Frames;

/// <summary>Sizes and limits of a frame book.</summary>
internal sealed record FrameBookOptions
{
    /// <summary>Number of the first frame that environments can own.</summary>
    public long FirstFrame { get; init; }

    /// <summary>How many frames there are.</summary>
    public long FrameCount { get; init; }

    /// <summary>Most environments.</summary>
    public int Environments { get; init; } = 1024;

    /// <summary>Most frames that one environment may own, tables included.</summary>
    public int FramesPerEnvironment { get; init; } = int.MaxValue;

    /// <summary>
    /// Frames that each environment is guaranteed: the kernel never takes these by force. The
    /// paper says «five to ten».
    /// </summary>
    public int Guaranteed { get; init; } = 8;

    /// <summary>Changes of its capabilities after which a frame is used no more.</summary>
    public uint GenerationLimit { get; init; } = uint.MaxValue;
}
