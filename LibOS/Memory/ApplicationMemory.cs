using System.Buffers.Binary;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Profiles;
using Disguise.Kernels.Resources;

namespace Disguise.LibOS.Memory;

/// <summary>
/// An application's accesses: through the MMU of the core that its context has, again after each
/// fault that was seen to, and to its own handler where protection asked for the fault.
/// </summary>
internal sealed class ApplicationMemory(CpuContext context, IMemoryPort port) : IApplicationMemory
{
    /// <summary>
    /// Faults of one access before it is a crash. A page and its protection take two, another
    /// space that takes the frame away in between some more.
    /// </summary>
    private const int FaultLimit = 8;

    private Func<MemoryFault, EmulatedTask<bool>>? handler;
    private bool isHandling;

    /// <inheritdoc/>
    public EmulatedTask<bool> Configure(MemorySettings settings) => port.Configure(settings);

    /// <inheritdoc/>
    public EmulatedTask<ulong> Map(int pages, MemoryProtection protection) =>
        port.Map(pages, protection);

    /// <inheritdoc/>
    public EmulatedTask<bool> Unmap(ulong address, int pages) => port.Unmap(address, pages);

    /// <inheritdoc/>
    public EmulatedTask<bool> Protect(ulong address, int pages, MemoryProtection protection) =>
        port.Protect(address, pages, protection);

    /// <inheritdoc/>
    public EmulatedTask<bool?> IsDirty(ulong address) => port.IsDirty(address);

    /// <inheritdoc/>
    public EmulatedTask OnFault(Func<MemoryFault, EmulatedTask<bool>>? newHandler)
    {
        handler = newHandler;
        return port.SetHandler(newHandler is not null);
    }

    /// <inheritdoc/>
    public async EmulatedTask<uint> ReadWord(ulong address)
    {
        for (var faults = 0; ; faults++)
        {
            if (TryReadWord(address, out var value, out var fault))
                return value;
            await SeeTo(fault, faults);
        }
    }

    /// <inheritdoc/>
    public async EmulatedTask WriteWord(ulong address, uint value)
    {
        for (var faults = 0; ; faults++)
        {
            if (TryWriteWord(address, value, out var fault))
                return;
            await SeeTo(fault, faults);
        }
    }

    /// <inheritdoc/>
    public async EmulatedTask Read(ulong address, Memory<byte> destination)
    {
        // Page by page: a long access may touch more pages than have frames at a time.
        for (var faults = 0; destination.Length > 0;)
        {
            var length = PartInPage(address, destination.Length);
            if (!TryRead(address, destination.Span[..length], out var fault))
            {
                await SeeTo(fault, faults++);
                continue;
            }

            faults = 0;
            address += (ulong)length;
            destination = destination[length..];
        }
    }

    /// <inheritdoc/>
    public async EmulatedTask Write(ulong address, ReadOnlyMemory<byte> source)
    {
        for (var faults = 0; source.Length > 0;)
        {
            var length = PartInPage(address, source.Length);
            if (!TryWrite(address, source.Span[..length], out var fault))
            {
                await SeeTo(fault, faults++);
                continue;
            }

            faults = 0;
            address += (ulong)length;
            source = source[length..];
        }
    }

    private static int PartInPage(ulong address, int length) =>
        Math.Min(length, Frame.SizeBytes - (int)(address & (Frame.SizeBytes - 1)));

    private async EmulatedTask SeeTo(PageFault fault, int faults)
    {
        if (faults == FaultLimit)
            throw Crash(fault, $"faults {faults} times");
        var isForHandler = handler is not null && fault.Reason == PageFaultReason.NotWritable;
        var verdict = await port.Raise(fault, isForHandler);
        if (verdict == FaultVerdict.Delivered && !await Handle(fault))
            verdict = await port.Decline(fault);
        else if (verdict == FaultVerdict.Delivered)
            return;
        if (verdict != FaultVerdict.Resolved)
            throw Crash(fault, verdict == FaultVerdict.OutOfMemory ? "no memory" : "not allowed");
    }

    private async EmulatedTask<bool> Handle(PageFault fault)
    {
        if (handler is null || isHandling)
            throw Crash(fault, "no handler, or in the handler");
        context.Charge(ExokernelCosts.FaultDispatch);
        isHandling = true;
        var isDone = await handler(new MemoryFault(
            fault.VirtualAddress, (fault.Access & Access.Write) != 0));
        isHandling = false;
        await port.HandlerReturned();
        return isDone;
    }

    private bool TryReadWord(ulong address, out uint value, out PageFault fault)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        var isRead = TryRead(address, bytes, out fault);
        value = isRead ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;
        return isRead;
    }

    private bool TryWriteWord(ulong address, uint value, out PageFault fault)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return TryWrite(address, bytes, out fault);
    }

    private bool TryRead(ulong address, Span<byte> bytes, out PageFault fault)
    {
        var isRead = context.Mmu.TryRead(address, bytes, out fault);
        ChargeMisses();
        return isRead;
    }

    private bool TryWrite(ulong address, ReadOnlySpan<byte> bytes, out PageFault fault)
    {
        var isWritten = context.Mmu.TryWrite(address, bytes, out fault);
        ChargeMisses();
        return isWritten;
    }

    private void ChargeMisses() => TableRefill.ChargeMisses(context);

    private static ComponentFailureException Crash(PageFault fault, string why) => new(
        $"segmentation fault: {fault.Access} at 0x{fault.VirtualAddress:x}: {fault.Reason}, {why}");
}
