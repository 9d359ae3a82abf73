using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Tests.Nic;

/// <summary>
/// A tenant's driver: memory of its own behind the IOMMU, rings in it, registers. Page 0 has the
/// receive ring, page 1 the transmit ring of each queue; buffers of 2 KiB follow.
/// </summary>
internal sealed class Tenant
{
    public const ulong Base = 0x10_0000;
    public const int RingSize = 32;
    private const int RingPages = 16;
    private const int BufferBytes = 2048;

    private readonly NicScene scene;
    private readonly long[] physical = new long[NicScene.MappedPages];
    private readonly int[] receiveTail = new int[64];
    private readonly int[] receiveHead = new int[64];
    private readonly int[] transmitTail = new int[64];

    public Tenant(NicScene scene, int function, PageTable table, DomainId domain)
    {
        this.scene = scene;
        Function = function;
        Table = table;
        Domain = domain;
        for (var page = 0; page < physical.Length; page++)
        {
            physical[page] = scene.NewFrame();
            table.Map(Base + ((ulong)page << 12), physical[page],
                PageRights.User | PageRights.Writable);
        }
    }

    public int Function { get; }

    public PageTable Table { get; }

    public DomainId Domain { get; }

    public FunctionId Id => scene.Card.FunctionOf(Function);

    public IReadOnlyList<RingState> Rings => scene.Card.StateOf(Function)!.Rings;

    public FunctionStatistics Statistics => scene.Card.StateOf(Function)!.Statistics!;

    public static ulong ReceiveRing(int queue = 0) => Base + ((ulong)queue << 13);

    public static ulong TransmitRing(int queue = 0) => Base + ((ulong)queue << 13) + 0x1000;

    public static ulong ReceiveBuffer(int index) =>
        Base + (RingPages << 12) + (ulong)(index % RingSize * BufferBytes);

    public static ulong TransmitBuffer(int index) =>
        ReceiveBuffer(0) + (RingSize * BufferBytes) + (ulong)(index % RingSize * BufferBytes);

    public void Store(ulong address, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var part = Math.Min(bytes.Length, 4096 - (int)(address & 4095));
            scene.Machine.Memory.Write(PhysicalOf(address), bytes[..part]);
            bytes = bytes[part..];
            address += (ulong)part;
        }
    }

    public byte[] Load(ulong address, int length)
    {
        var bytes = new byte[length];
        for (var at = 0; at < length;)
        {
            var here = address + (ulong)at;
            var part = Math.Min(length - at, 4096 - (int)(here & 4095));
            scene.Machine.Memory.Read(PhysicalOf(here), bytes.AsSpan(at, part));
            at += part;
        }

        return bytes;
    }

    public long PhysicalOf(ulong address) =>
        physical[(int)((address - Base) >> 12)] | (long)(address & 4095);

    /// <summary>Stores to a register, if one is there; it arrives now.</summary>
    public void Register(int offset, uint value, long afterPs = 0)
    {
        var actor = scene.ActorAt(scene.Card.RegistersOf(Function) + offset, out var inWindow);
        if (actor is null)
            return;
        scene.Send(actor, MmioProtocol.RegisterWrite.Instance,
            MmioProtocol.RegisterWrite.WordOf(inWindow, value), afterPs);
    }

    public void RegisterNow(int offset, uint value)
    {
        Register(offset, value);
        scene.Run(0);
    }

    /// <summary>Makes rings of a queue and enables both.</summary>
    public Tenant Start(int queue = 0, int bufferKibibytes = 2, int posted = RingSize - 1)
    {
        foreach (var direction in new[] { FunctionRegisters.ReceiveQueues,
            FunctionRegisters.TransmitQueues })
        {
            var first = direction + (queue * FunctionRegisters.QueueStride);
            var ring = direction == FunctionRegisters.ReceiveQueues
                ? ReceiveRing(queue) : TransmitRing(queue);
            Register(first + FunctionRegisters.BaseLow, (uint)ring);
            Register(first + FunctionRegisters.BaseHigh, (uint)(ring >> 32));
            Register(first + FunctionRegisters.Length, RingSize * 16);
            if (direction == FunctionRegisters.ReceiveQueues)
            {
                Register(first + FunctionRegisters.SplitReplicationControl,
                    FunctionRegisters.SplitReplicationOf(bufferKibibytes));
            }

            Register(first + FunctionRegisters.QueueControl, FunctionRegisters.QueueEnableBit);
        }

        for (var count = 0; count < posted; count++)
            PostReceive(queue);
        RingReceive(queue);
        scene.Run(0);
        return this;
    }

    /// <summary>Begins anew after a reset, as a driver does.</summary>
    public void Restart()
    {
        foreach (var tails in new[] { receiveTail, receiveHead, transmitTail })
            Array.Clear(tails);
        Store(Base, new byte[RingPages << 12]);
        Start();
    }

    public void PostReceive(int queue = 0, ulong? buffer = null)
    {
        Span<byte> bytes = stackalloc byte[16];
        var index = receiveTail[queue];
        new ReceiveDescriptor(buffer ?? ReceiveBuffer(index)).Write(bytes);
        Store(ReceiveRing(queue) + (ulong)(index * 16), bytes);
        receiveTail[queue] = (index + 1) % RingSize;
    }

    public void RingReceive(int queue = 0) => Register(
        FunctionRegisters.Receive(queue, FunctionRegisters.Tail), (uint)receiveTail[queue]);

    public ReceiveWriteBack Received(int index, int queue = 0) =>
        ReceiveWriteBack.Read(Load(ReceiveRing(queue) + (ulong)(index * 16), 16));

    /// <summary>The next received frame, or null; its descriptors are posted again.</summary>
    public byte[]? TakeReceived(int queue = 0, bool repost = true)
    {
        var bytes = new List<byte>();
        var index = receiveHead[queue];
        while (true)
        {
            var back = Received(index, queue);
            if ((back.Status & ReceiveStatus.DescriptorDone) == 0)
                return null;
            bytes.AddRange(Load(ReceiveBuffer(index), back.LengthBytes));
            Store(ReceiveRing(queue) + (ulong)(index * 16), new byte[16]);
            index = (index + 1) % RingSize;
            if (repost)
                PostReceive(queue);
            if ((back.Status & ReceiveStatus.EndOfPacket) == 0)
                continue;
            receiveHead[queue] = index;
            if (repost)
                RingReceive(queue);
            return [.. bytes];
        }
    }

    /// <summary>Writes a frame and its descriptor; <see cref="RingTransmit"/> sends it.</summary>
    public int PostTransmit(
        ReadOnlySpan<byte> frame, int queue = 0, Func<TransmitDescriptor, TransmitDescriptor>?
        change = null)
    {
        var index = transmitTail[queue];
        Store(TransmitBuffer(index), frame);
        var descriptor = new TransmitDescriptor(
            TransmitBuffer(index), (ushort)frame.Length,
            TransmitCommand.EndOfPacket | TransmitCommand.InsertFrameCheck
            | TransmitCommand.Extended | TransmitCommand.ReportStatus,
            (uint)frame.Length);
        if (change is not null)
            descriptor = change(descriptor);
        Span<byte> bytes = stackalloc byte[16];
        descriptor.Write(bytes);
        return PostRaw(bytes, queue);
    }

    public int PostRaw(ReadOnlySpan<byte> descriptor, int queue = 0)
    {
        var index = transmitTail[queue];
        Store(TransmitRing(queue) + (ulong)(index * 16), descriptor);
        transmitTail[queue] = (index + 1) % RingSize;
        return index;
    }

    public void RingTransmit(int queue = 0) => Register(
        FunctionRegisters.Transmit(queue, FunctionRegisters.Tail), (uint)transmitTail[queue]);

    public void Transmit(ReadOnlySpan<byte> frame, int queue = 0)
    {
        PostTransmit(frame, queue);
        RingTransmit(queue);
    }

    public bool IsTransmitted(int index, int queue = 0) =>
        (Load(TransmitRing(queue) + (ulong)(index * 16) + TransmitDescriptor.StatusOffset, 1)[0]
            & TransmitDescriptor.DescriptorDone) != 0;
}
