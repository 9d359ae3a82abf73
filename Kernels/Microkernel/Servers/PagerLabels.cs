namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// What messages to the pager are about. Words are listed with each; an answer's first word is a
/// <see cref="PagerStatus"/>.
/// </summary>
public static class PagerLabels
{
    /// <summary>
    /// From the kernel in the name of a thread that faulted: the address, and 1 for a write. The
    /// answer gives memory, which the thread is to map at the page that is its second word, with
    /// the rights that are the third.
    /// </summary>
    public const ulong Fault = 64;

    /// <summary>Maps pages: how many, and what may be done. The answer: their address.</summary>
    public const ulong Map = 65;

    /// <summary>Gives pages up: address, how many.</summary>
    public const ulong Unmap = 66;

    /// <summary>Changes what may be done with pages: address, how many, what.</summary>
    public const ulong Protect = 67;

    /// <summary>Most frames at a time: how many.</summary>
    public const ulong Limit = 68;

    /// <summary>Whether there is a handler of faults: 0 or 1.</summary>
    public const ulong SetHandler = 69;
}
