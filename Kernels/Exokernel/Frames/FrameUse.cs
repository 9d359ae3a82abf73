namespace Disguise.Kernels.Exokernel.Frames;

/// <summary>What an owned frame is used for.</summary>
internal enum FrameUse : byte
{
    /// <summary>Nobody owns it.</summary>
    Free,

    /// <summary>By its owner, as it likes; the kernel may ask for it back and take it.</summary>
    Data,

    /// <summary>By its owner, as one of those that the kernel never takes.</summary>
    Reserved,

    /// <summary>By the kernel, for a page table of its owner, who may only read it.</summary>
    Table,

    /// <summary>By nobody any more: its generations are used up.</summary>
    Retired,
}
