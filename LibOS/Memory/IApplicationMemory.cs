using Disguise.Actors.Execution;
using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.Memory;

/// <summary>
/// Virtual memory as an application sees it, whoever implements it: a kernel, a pager or a library
/// in its own address space. Every access goes through the MMU of the core; one that faults is
/// made again when the fault has been seen to. What cannot be seen to is a crash.
/// </summary>
public interface IApplicationMemory
{
    /// <summary>Says what the application wants, before it maps the first page.</summary>
    EmulatedTask<bool> Configure(MemorySettings settings);

    /// <summary>Maps pages that read as zeros. Their address, or 0 when it was refused.</summary>
    EmulatedTask<ulong> Map(int pages, MemoryProtection protection);

    /// <summary>Gives pages up. False when they are not all mapped.</summary>
    EmulatedTask<bool> Unmap(ulong address, int pages);

    /// <summary>Changes what may be done with pages. False when they are not all mapped.
    /// </summary>
    EmulatedTask<bool> Protect(ulong address, int pages, MemoryProtection protection);

    /// <summary>
    /// Whether a page was written since it was mapped or cleaned; null where whoever implements
    /// virtual memory does not tell.
    /// </summary>
    EmulatedTask<bool?> IsDirty(ulong address);

    /// <summary>
    /// Registers a handler of faults that protection asks for. It gives whether the access is to
    /// be made again; else it is the library's business after all. Null for none.
    /// </summary>
    EmulatedTask OnFault(Func<MemoryFault, EmulatedTask<bool>>? handler);

    /// <summary>Reads 32 bits.</summary>
    EmulatedTask<uint> ReadWord(ulong address);

    /// <summary>Writes 32 bits.</summary>
    EmulatedTask WriteWord(ulong address, uint value);

    /// <summary>Reads bytes.</summary>
    EmulatedTask Read(ulong address, Memory<byte> destination);

    /// <summary>Writes bytes.</summary>
    EmulatedTask Write(ulong address, ReadOnlyMemory<byte> source);
}
