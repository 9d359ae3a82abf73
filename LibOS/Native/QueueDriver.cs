using Disguise.Hardware.Cores;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;

namespace Disguise.LibOS.Native;

/// <summary>
/// Driver of one queue pair of an 82599-style function, in the domain that the function is mapped
/// to: rings in its memory, registers behind its page tables.
/// </summary>
public sealed class QueueDriver : INetworkDriver
{
    /// <summary>In place of a vector: arrivals ring no doorbell.</summary>
    public const int NoVector = -1;

    private readonly IExecution memory;
    private readonly int queue;
    private readonly PacketBuffers buffers;
    private readonly ReceiveRing receive;
    private readonly TransmitRing transmit;
    private readonly QueueLayout layout;
    private readonly ulong registers;
    private readonly int arrivalVector;
    private readonly bool sharesFunction;

    /// <summary>A driver of a function whose registers and queue memory are mapped.</summary>
    /// <param name="execution">Where the driver runs.</param>
    /// <param name="layout">Where the queue's memory is.</param>
    /// <param name="registers">Virtual address of the function's registers.</param>
    /// <param name="arrivalVector">
    /// MSI-X vector of the doorbell for arrivals, or <see cref="NoVector"/>.
    /// </param>
    /// <param name="queue">The queue pair.</param>
    /// <param name="sharesFunction">
    /// Whether other drivers drive the function's other queue pairs: then it is not reset, and the
    /// registers that all have in common are written as all need them. Queue n then has vector n.
    /// </param>
    public QueueDriver(
        IExecution execution, in QueueLayout layout, ulong registers, int arrivalVector,
        int queue = 0, bool sharesFunction = false)
    {
        layout.Check();
        if (sharesFunction && arrivalVector != NoVector && arrivalVector != queue)
            throw new ArgumentException($"vector {arrivalVector} of shared queue {queue}");
        memory = execution;
        this.queue = queue;
        this.layout = layout;
        this.registers = registers;
        this.arrivalVector = arrivalVector;
        this.sharesFunction = sharesFunction;
        buffers = new PacketBuffers(layout.Buffers, layout.BufferCount);
        receive = new ReceiveRing(
            memory, buffers, layout.ReceiveRing, layout.ReceiveSize,
            registers + (ulong)FunctionRegisters.Receive(queue, FunctionRegisters.Tail));
        transmit = new TransmitRing(
            memory, buffers, layout.TransmitRing, layout.TransmitSize,
            registers + (ulong)FunctionRegisters.Transmit(queue, FunctionRegisters.Tail));
    }

    /// <summary>The card was taken: nothing comes any more and nothing may be sent.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The transmit ring.</summary>
    public TransmitRing Transmit => transmit;

    /// <summary>The receive ring.</summary>
    public ReceiveRing Receive => receive;

    /// <inheritdoc/>
    public bool HasPacket => receive.HasPacket;

    /// <inheritdoc/>
    public ulong ArrivalAddress => receive.StatusAddress;

    /// <inheritdoc/>
    public int NextReceived => receive.Next;

    /// <inheritdoc/>
    public int LastPosted => (transmit.Next + transmit.Size - 1) % transmit.Size;

    /// <inheritdoc/>
    public bool IsTransmitFull => transmit.IsFull;

    /// <inheritdoc/>
    public int PendingCount => transmit.PendingCount;

    /// <inheritdoc/>
    public ulong ReportAddress => transmit.ReportAddress;

    /// <summary>Whether the device is to be told of packets or buffers.</summary>
    public bool HasNews => !IsClosed && (transmit.NeedsDoorbell || receive.IsTailDue);

    /// <summary>
    /// Sets the function up: reset, rings, interrupt of arrivals, buffers. The context must be
    /// ready to send.
    /// </summary>
    public void Initialize()
    {
        if (!sharesFunction)
            Store(FunctionRegisters.Control, FunctionRegisters.ResetBit);
        StoreReceive(
            FunctionRegisters.SplitReplicationControl,
            FunctionRegisters.SplitReplicationOf(PacketBuffers.BufferBytes >> 10));
        StoreRing(
            FunctionRegisters.Receive(queue, 0), layout.ReceiveRing, layout.ReceiveSize);
        StoreRing(
            FunctionRegisters.Transmit(queue, 0), layout.TransmitRing, layout.TransmitSize);
        if (arrivalVector != NoVector)
            RouteArrivals();
        receive.Refill();
        receive.WriteTail();
    }

    /// <summary>Has the next arrival ring the doorbell, once.</summary>
    public void ArmDoorbell()
    {
        var (offset, bit) = sharesFunction
            ? FunctionRegisters.ExtendedPlace(
                FunctionRegisters.InterruptMaskSetExtended, arrivalVector)
            : (FunctionRegisters.InterruptMaskSet, 1u << arrivalVector);
        Store(offset, bit);
    }

    /// <summary>Takes the packet that is there. The context must be in sync.</summary>
    public Packet Take()
    {
        // The device wrote the descriptor's line and the header's: neither is in the cache.
        memory.Charge(HardwareCosts.DeviceLineTouch, 2);
        return receive.Take();
    }

    /// <summary>Virtual address of a packet's first byte.</summary>
    public ulong AddressOf(in Packet packet) =>
        buffers.AddressOf(packet.Buffer) + (ulong)packet.OffsetBytes;

    /// <summary>Gives a packet's buffer back.</summary>
    public void Done(in Packet packet)
    {
        buffers.Return(packet.Buffer);
        ReplenishIfDue();
    }

    /// <summary>Takes a buffer to send from. False when none is free.</summary>
    public bool TryTakeBuffer(out ushort buffer)
    {
        if (buffers.FreeCount == 0)
            transmit.Reclaim();
        var isThere = buffers.FreeCount > 0;
        buffer = isThere ? buffers.Take() : default;
        return isThere;
    }

    /// <inheritdoc/>
    public void Post(in Packet packet) => transmit.Post(packet);

    /// <summary>Replenishes the rings when it pays.</summary>
    public void ReplenishIfDue()
    {
        if (receive.IsRefillDue)
            Replenish();
    }

    /// <summary>Takes back what the device has sent, and gives it buffers to receive into.
    /// </summary>
    public void Replenish()
    {
        transmit.Reclaim();
        receive.Refill();
    }

    /// <summary>Tells the device what is new. The context must be ready to send.</summary>
    public void TellDevice()
    {
        if (transmit.NeedsDoorbell)
            transmit.RingDoorbell();
        if (receive.IsTailDue)
            receive.WriteTail();
    }

    /// <summary>The card is gone; its registers are not to be touched any more.</summary>
    public void Close() => IsClosed = true;

    bool IFrameSink.TrySend(ReadOnlySpan<byte> frame)
    {
        if (transmit.IsFull)
            Replenish();
        if (IsClosed || transmit.IsFull || !TryTakeBuffer(out var buffer))
            return false;
        var packet = new Packet(buffer, 0, frame.Length);
        memory.Write(AddressOf(packet), frame);
        transmit.Post(packet);
        return true;
    }

    private void RouteArrivals()
    {
        var (offset, shift) =
            FunctionRegisters.VectorPlace(queue, QueueDirection.Receive);
        var place = FunctionRegisters.VectorField(arrivalVector) << shift;
        if (sharesFunction)
        {
            // The register holds the place of the neighbouring queue as well.
            var other = FunctionRegisters.VectorPlace(queue ^ 1, QueueDirection.Receive).Shift;
            Store(offset, place | (FunctionRegisters.VectorField(queue ^ 1) << other));
            StoreForAll(FunctionRegisters.InterruptAutoClearExtended);
            StoreForAll(FunctionRegisters.InterruptAutoMaskExtended);
            return;
        }

        Store(offset, place);
        Store(FunctionRegisters.InterruptAutoClear, 1u << arrivalVector);
        Store(FunctionRegisters.InterruptAutoMask, 1u << arrivalVector);
    }

    private void StoreRing(int first, ulong address, int size)
    {
        Store(first + FunctionRegisters.BaseLow, (uint)address);
        Store(first + FunctionRegisters.BaseHigh, (uint)(address >> 32));
        Store(
            first + FunctionRegisters.Length,
            (uint)(size * ReceiveDescriptor.LengthBytes));
        Store(first + FunctionRegisters.QueueControl, FunctionRegisters.QueueEnableBit);
    }

    private void StoreForAll(int extendedRegister) => Store(
        FunctionRegisters.ExtendedPlace(extendedRegister, arrivalVector).Offset, uint.MaxValue);

    private void StoreReceive(int register, uint value) =>
        Store(FunctionRegisters.Receive(queue, register), value);

    private void Store(int offset, uint value) =>
        memory.StoreRegister(registers + (ulong)offset, value);
}
