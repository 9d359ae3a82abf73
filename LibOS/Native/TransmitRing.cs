using Disguise.Hardware.Nic.Descriptors;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;

namespace Disguise.LibOS.Native;

/// <summary>
/// A transmit ring in the domain's memory (82599 datasheet section 7.2). The device reports every
/// few descriptors that it is done (RS); then the buffers up to there are the program's again.
/// </summary>
public sealed class TransmitRing
{
    /// <summary>Most descriptors between two that report.</summary>
    public const int ReportInterval = 8;

    private const ushort Reports = 0x8000;

    private readonly IExecution memory;
    private readonly PacketBuffers buffers;
    private readonly ulong address;
    private readonly ulong tailRegister;
    private readonly ushort[] bufferOf;
    private ushort head;
    private ushort tail;
    private ushort rungTail;
    private ushort sinceReport;

    /// <summary>An empty ring; arguments as for <see cref="ReceiveRing"/>.</summary>
    public TransmitRing(
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

    /// <summary>The descriptor that is posted next.</summary>
    public int Next => tail;

    /// <summary>Packets posted of which the device has not said that it is done.</summary>
    public int PendingCount => tail >= head ? tail - head : tail - head + Size;

    /// <summary>Whether no descriptor is free.</summary>
    public bool IsFull => PendingCount == Size - 1;

    /// <summary>Whether packets are posted that the device has not been told of.</summary>
    public bool NeedsDoorbell => tail != rungTail;

    /// <summary>
    /// Where the device will say next that it is done; the ring must be full, or it may never.
    /// </summary>
    public ulong ReportAddress => DescriptorAddress(NextReport()) + TransmitDescriptor.StatusOffset;

    /// <summary>Posts a packet; the ring must not be full.</summary>
    public void Post(in Packet packet)
    {
        if (IsFull)
            throw new InvalidOperationException("the transmit ring is full");
        var command = TransmitCommand.EndOfPacket | TransmitCommand.InsertFrameCheck;
        var entry = packet.Buffer;
        if (++sinceReport >= Math.Min(ReportInterval, Size / 4))
        {
            sinceReport = 0;
            command |= TransmitCommand.ReportStatus;
            entry |= Reports;
        }

        Span<byte> bytes = stackalloc byte[ReceiveDescriptor.LengthBytes];
        new TransmitDescriptor(
            buffers.AddressOf(packet.Buffer) + (ulong)packet.OffsetBytes,
            (ushort)packet.LengthBytes,
            command,
            (uint)packet.LengthBytes,
            packet.NeedsChecksums,
            packet.NeedsChecksums).Write(bytes);
        memory.Write(DescriptorAddress(tail), bytes);
        bufferOf[tail] = entry;
        tail = After(tail);
    }

    /// <summary>
    /// Gives buffers back that the device is done with. What it reports later than the context has
    /// synced is seen at a later look.
    /// </summary>
    public void Reclaim()
    {
        while (head != tail)
        {
            var report = NextReport();
            if (report == tail)
                return;
            var status = memory.ReadUInt32(
                DescriptorAddress(report) + TransmitDescriptor.StatusOffset);
            if ((status & TransmitDescriptor.DescriptorDone) == 0)
                return;
            var end = After(report);
            for (; head != end; head = After(head))
                buffers.Return((ushort)(bufferOf[head] & ~Reports));
        }
    }

    /// <summary>Rings the device. The context must be ready to send.</summary>
    public void RingDoorbell()
    {
        rungTail = tail;
        memory.StoreRegister(tailRegister, tail);
    }

    /// <summary>The oldest descriptor that reports, or the tail when none does.</summary>
    private ushort NextReport()
    {
        var at = head;
        while (at != tail && (bufferOf[at] & Reports) == 0)
            at = After(at);
        return at;
    }

    private ulong DescriptorAddress(int index) =>
        address + ((ulong)index * ReceiveDescriptor.LengthBytes);

    private ushort After(ushort index) => (ushort)(index + 1 == Size ? 0 : index + 1);
}
