using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Resources;

namespace Disguise.LibOS.Memory;

/// <summary>
/// Memory as code of a protection domain sees it: virtual addresses through the MMU of the core
/// that its context runs on. A page fault that nobody handles is a crash of the domain.
/// </summary>
/// <param name="context">Whose accesses these are.</param>
/// <param name="postedWritePs">How long a store to a device register is under way.</param>
public sealed class DomainMemory(CpuContext context, long postedWritePs) : IExecution
{
    /// <inheritdoc/>
    public long ClockPs => context.ClockPs;

    /// <inheritdoc/>
    public void Charge(CostKey key, long count = 1) => context.Charge(key, count);

    /// <summary>
    /// Reads bytes for a program that handles its own page faults: false where the MMU refuses.
    /// Then none was moved, and the processor has been to the handler and back.
    /// </summary>
    public bool TryRead(ulong virtualAddress, Span<byte> destination)
    {
        var isRead = context.Mmu.TryRead(virtualAddress, destination, out _);
        ChargeMisses();
        return isRead || Handled();
    }

    /// <summary>Writes bytes, likewise.</summary>
    public bool TryWrite(ulong virtualAddress, ReadOnlySpan<byte> source)
    {
        var isWritten = context.Mmu.TryWrite(virtualAddress, source, out _);
        ChargeMisses();
        return isWritten || Handled();
    }

    /// <summary>
    /// Whether the MMU translates an address: the instruction that asks it is all this takes.
    /// </summary>
    public bool CanRead(ulong virtualAddress) =>
        context.Mmu.TryTranslate(virtualAddress, Access.Read, out _, out _);

    /// <summary>Reads bytes.</summary>
    public void Read(ulong virtualAddress, Span<byte> destination)
    {
        var isRead = context.Mmu.TryRead(virtualAddress, destination, out var fault);
        ChargeMisses();
        if (!isRead)
            throw Fault(fault);
    }

    /// <summary>Writes bytes.</summary>
    public void Write(ulong virtualAddress, ReadOnlySpan<byte> source)
    {
        var isWritten = context.Mmu.TryWrite(virtualAddress, source, out var fault);
        ChargeMisses();
        if (!isWritten)
            throw Fault(fault);
    }

    /// <summary>Reads 32 bits, little-endian.</summary>
    public uint ReadUInt32(ulong virtualAddress)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        Read(virtualAddress, bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    /// <summary>Reads a value as its bytes lie in memory.</summary>
    public T Read<T>(ulong virtualAddress)
        where T : unmanaged
    {
        var value = default(T);
        Read(virtualAddress, MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>Writes a value likewise.</summary>
    public void Write<T>(ulong virtualAddress, T value)
        where T : unmanaged =>
        Write(virtualAddress, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref value)));

    /// <summary>
    /// Stores 32 bits to a device register. Await <see cref="CpuContext.SyncBeforeSend"/> before.
    /// </summary>
    public void StoreRegister(ulong virtualAddress, uint value)
    {
        if (!TryStoreRegister(virtualAddress, value, out var fault))
            throw Fault(fault);
    }

    /// <summary>
    /// Stores likewise for a library that sees to the fault itself: false where the MMU refuses.
    /// </summary>
    public bool TryStoreRegister(ulong virtualAddress, uint value, out PageFault fault)
    {
        context.Charge(HardwareCosts.MmioWrite);
        var isStored = RegisterBus.TryStore(
            context, virtualAddress, value, context.ClockPs + postedWritePs, out fault);
        ChargeMisses();
        return isStored;
    }

    private bool Handled()
    {
        context.Charge(HardwareCosts.Trap);
        context.Charge(HardwareCosts.TrapReturn);
        return false;
    }

    private static ComponentFailureException Fault(PageFault fault) => new(
        $"segmentation fault: {fault.Access} at 0x{fault.VirtualAddress:x}: {fault.Reason}");

    private void ChargeMisses() => TableRefill.ChargeMisses(context);
}
