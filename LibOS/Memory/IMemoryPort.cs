using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.Memory;

/// <summary>
/// How an application reaches whoever implements its virtual memory: by system calls, by messages
/// to a pager, or by calling a library of its own.
/// </summary>
internal interface IMemoryPort
{
    /// <summary>See <see cref="IApplicationMemory.Configure"/>.</summary>
    EmulatedTask<bool> Configure(MemorySettings settings);

    /// <summary>See <see cref="IApplicationMemory.Map"/>.</summary>
    EmulatedTask<ulong> Map(int pages, MemoryProtection protection);

    /// <summary>See <see cref="IApplicationMemory.Unmap"/>.</summary>
    EmulatedTask<bool> Unmap(ulong address, int pages);

    /// <summary>See <see cref="IApplicationMemory.Protect"/>.</summary>
    EmulatedTask<bool> Protect(ulong address, int pages, MemoryProtection protection);

    /// <summary>See <see cref="IApplicationMemory.IsDirty"/>.</summary>
    EmulatedTask<bool?> IsDirty(ulong address);

    /// <summary>The application has a handler of faults from now on, or none.</summary>
    EmulatedTask SetHandler(bool isThere);

    /// <summary>
    /// An access faulted. A library in the application's own domain gives a fault that protection
    /// asked for to the handler before it looks into its page table, as the processor tells both
    /// kinds apart; anyone else has to look first.
    /// </summary>
    EmulatedTask<FaultVerdict> Raise(PageFault fault, bool hasHandler);

    /// <summary>The handler has returned.</summary>
    EmulatedTask HandlerReturned();

    /// <summary>The handler says that the fault is not its business.</summary>
    EmulatedTask<FaultVerdict> Decline(PageFault fault);
}
