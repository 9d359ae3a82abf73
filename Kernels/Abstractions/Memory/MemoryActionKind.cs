namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>What is to be done to hardware, memory or the application.</summary>
public enum MemoryActionKind : byte
{
    /// <summary>The page table was searched for a page; nothing else is to be done.</summary>
    Lookup,

    /// <summary>Have the hardware translate a page to a frame, with rights.</summary>
    Map,

    /// <summary>Have the hardware forget a page.</summary>
    Unmap,

    /// <summary>Give a page that the hardware translates other rights.</summary>
    ChangeRights,

    /// <summary>
    /// As <see cref="ChangeRights"/>, for the page that a call for one page or for a range begins
    /// with.
    /// </summary>
    Protect,

    /// <summary>Likewise for a further page of a call that takes rights away.</summary>
    ProtectNext,

    /// <summary>Likewise for a further page of a call that gives rights.</summary>
    UnprotectNext,

    /// <summary>Copy one frame to another.</summary>
    Copy,

    /// <summary>Fill a frame with zeros.</summary>
    Zero,

    /// <summary>Read a frame from a slot of the backing store.</summary>
    PageIn,

    /// <summary>Write a frame to a slot of the backing store.</summary>
    PageOut,

    /// <summary>Hand the fault to the handler that the application has registered.</summary>
    Deliver,
}
