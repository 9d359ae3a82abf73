using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;

namespace Disguise.LibOS.Native;

/// <summary>
/// A receive ring in the domain's memory: hands buffers to the device and takes packets from it
/// (82599 datasheet section 7.1). One descriptor stays empty, so that a full ring differs from an
/// empty one. The tail is written once for several buffers, as by the ixgbe driver.
/// </summary>
public sealed class ReceiveRing
{
    /// <summary>Buffers for which the tail is written once (IXGBE_RX_BUFFER_WRITE).</summary>
    public const int TailBatch = 16;

    private readonly IExecution memory;
    private readonly PacketBuffers buffers;
    private readonly ulong address;
    private readonly ulong tailRegister;
    private readonly ushort[] bufferOf;
    private ushort next;
    private ushort tail;
    private ushort announcedTail;

    /// <summary>An empty ring.</summary>
    /// <param name="memory">The domain's memory.</param>
    /// <param name="buffers">Where buffers come from.</param>
    /// <param name="address">Virtual address of the descriptors, a multiple of 128.</param>
    /// <param name="size">Descriptors, a multiple of 8.</param>
    /// <param name="tailRegister">Virtual address of RDT.</param>
    public ReceiveRing(
        IExecution memory, PacketBuffers buffers, ulong address, int size, ulong tailRegister)
    {
        this.memory = memory;
        this.buffers = buffers;
        this.address = address;
        this.tailRegister = tailRegister;
        bufferOf = new ushort[size];
    }

    /// <summary>Descriptors.</summary>
    public int Size => bufferOf.Length;

    /// <summary>The descriptor that the device fills next.</summary>
    public int Next => next;

    /// <summary>Whether it is time to tell the device of new buffers.</summary>
    public bool IsTailDue
    {
        get
        {
            var unannounced = Distance(announcedTail, tail);
            var left = Distance(next, announcedTail);
            return unannounced >= Batch || (unannounced > 0 && left < Size / 4);
        }
    }

    /// <summary>Whether so many descriptors are empty that it is time to refill them.</summary>
    public bool IsRefillDue => Size - 1 - Distance(next, tail) >= Batch;

    /// <summary>Where the device says that the next descriptor is done.</summary>
    public ulong StatusAddress => DescriptorAddress(next) + ReceiveWriteBack.StatusOffset;

    /// <summary>Whether a packet is there. The context must be in sync.</summary>
    public bool HasPacket => next != tail
        && (memory.ReadUInt32(StatusAddress) & (uint)ReceiveStatus.DescriptorDone) != 0;

    /// <summary>Takes the packet that is there.</summary>
    public Packet Take()
    {
        Span<byte> bytes = stackalloc byte[ReceiveDescriptor.LengthBytes];
        memory.Read(DescriptorAddress(next), bytes);
        var done = ReceiveWriteBack.Read(bytes);
        // Buffers are longer than the longest frame: none is in two.
        if ((done.Status & ReceiveStatus.EndOfPacket) == 0)
            throw new InvalidOperationException("a frame longer than a packet buffer");
        var packet = new Packet(
            bufferOf[next], 0, done.LengthBytes, ChecksumsOf(done.Status));
        next = After(next);
        return packet;
    }

    /// <summary>Hands free buffers to the device, as many as there are and fit.</summary>
    public void Refill()
    {
        Span<byte> bytes = stackalloc byte[ReceiveDescriptor.LengthBytes];
        while (buffers.FreeCount > 0 && After(tail) != next)
        {
            var buffer = buffers.Take();
            bufferOf[tail] = buffer;
            new ReceiveDescriptor(buffers.AddressOf(buffer)).Write(bytes);
            memory.Write(DescriptorAddress(tail), bytes);
            tail = After(tail);
        }
    }

    /// <summary>Writes the tail register. The context must be ready to send.</summary>
    public void WriteTail()
    {
        announcedTail = tail;
        memory.StoreRegister(tailRegister, tail);
    }

    private int Batch => Math.Min(TailBatch, Size / 2);

    private static ChecksumStatus ChecksumsOf(ReceiveStatus status)
    {
        var checksums = ChecksumStatus.None;
        if ((status & ReceiveStatus.NetworkChecksum) != 0)
            checksums |= ChecksumStatus.NetworkChecked;
        if ((status & ReceiveStatus.NetworkError) != 0)
            checksums |= ChecksumStatus.NetworkError;
        if ((status & ReceiveStatus.TransportChecksum) != 0)
            checksums |= ChecksumStatus.TransportChecked;
        if ((status & ReceiveStatus.TransportError) != 0)
            checksums |= ChecksumStatus.TransportError;
        return checksums;
    }

    private ulong DescriptorAddress(int index) =>
        address + ((ulong)index * ReceiveDescriptor.LengthBytes);

    private ushort After(ushort index) => (ushort)(index + 1 == Size ? 0 : index + 1);

    private int Distance(ushort from, ushort to) => to >= from ? to - from : to - from + Size;
}
