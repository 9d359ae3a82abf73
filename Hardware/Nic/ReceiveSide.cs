using Disguise.Actors.Wires;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Nic.Queues;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>
/// The receive queues of a function (82599 datasheet section 7.1). A frame that finds too few
/// descriptors is dropped and not held back: the physical function forces drop-enable for its
/// virtual functions, so that one tenant's full ring cannot stop another's traffic (PFQDE, section
/// 7.1.9.2). A frame longer than a buffer takes several descriptors.
/// </summary>
internal sealed class ReceiveSide(NicFunction function)
{
    /// <summary>What a queue with a rate may be ahead of it: 64 KiB.</summary>
    private const int BurstBits = 8 * (64 << 10);

    private ReceiveQueue[] queues = [];

    public int QueueCount => queues.Length;

    /// <summary>Whether some queue takes frames.</summary>
    public bool IsEnabled { get; private set; }

    public ref readonly ReceiveQueue this[int queue] => ref queues[queue];

    public void SetRate(int queue, long bitsPerSecond) => At(queue).Limiter.Set(bitsPerSecond);

    public void Reset()
    {
        foreach (ref var queue in queues.AsSpan())
        {
            queue.Ring = default;
            queue.SplitControl = new ReceiveQueue().SplitControl;
        }

        IsEnabled = false;
    }

    public void ClearRates()
    {
        foreach (ref var queue in queues.AsSpan())
            queue.Limiter.Set(0);
    }

    public uint Read(int index, int register)
    {
        var queue = index < queues.Length ? queues[index] : default;
        return register switch
        {
            FunctionRegisters.BaseLow => (uint)queue.Ring.Base,
            FunctionRegisters.BaseHigh => (uint)(queue.Ring.Base >> 32),
            FunctionRegisters.Length => queue.Ring.LengthBytes,
            FunctionRegisters.Head => (uint)queue.Ring.Head,
            FunctionRegisters.Tail => (uint)queue.Ring.Tail,
            FunctionRegisters.SplitReplicationControl => queue.SplitControl,
            FunctionRegisters.QueueControl =>
                queue.Ring.IsEnabled ? FunctionRegisters.QueueEnableBit : 0,
            _ => 0,
        };
    }

    public void Write(int index, int register, uint value)
    {
        ref var queue = ref At(index);
        switch (register)
        {
            case FunctionRegisters.Tail:
                if (function.Device.IsIndexAllowed(queue.Ring, value))
                    queue.Ring.Tail = (int)(value & 0xFFFF);
                else
                    function.Refuse(RegisterRefusal.RingIndex);
                break;
            case FunctionRegisters.QueueControl:
                Enable(ref queue, (value & FunctionRegisters.QueueEnableBit) != 0);
                break;
            case FunctionRegisters.SplitReplicationControl when !queue.Ring.IsEnabled:
                queue.SplitControl = value;
                break;
            case FunctionRegisters.SplitReplicationControl:
                function.Refuse(RegisterRefusal.QueueEnabled);
                break;
            default:
                var refusal = RingRegisters.Write(ref queue.Ring, register, value);
                if (refusal is { } reason)
                    function.Refuse(reason);
                break;
        }
    }

    /// <summary>A frame has come, with its DMA's time passed; it is this side's to release.
    /// </summary>
    public void Take(NicProtocol.ReceiveToFunction message, long frame)
    {
        var reason = Deliver(message, frame);
        if (reason is null)
            function.Statistics.Packets.CountSent();
        else
            function.Statistics.Packets.CountDropped(reason);
        function.Device.Frames.Release(frame);
    }

    private DropReason? Deliver(NicProtocol.ReceiveToFunction message, long frame)
    {
        var bytes = function.Device.Frames.Read(frame);
        var hash = 0u;
        byte hashType = 0;
        var index = message.Queue;
        if (index < 0)
        {
            index = 0;
            if (function.RssQueues is var spread and > 1)
            {
                FrameParser.TryRead(bytes, out var fields);
                hash = ReceiveSteering.Hash(fields, out hashType);
                index = (int)((hash & 127) % (uint)spread);
            }
        }

        if (index >= queues.Length || !queues[index].Ring.IsEnabled)
            return NicDrops.QueueDisabled;
        ref var queue = ref queues[index];
        var bits = EthernetLimits.OnWireBytes(bytes.Length) * 8;
        if (!queue.Limiter.TryPass(function.Device.NowPs, bits, BurstBits))
            return NicDrops.ReceiveRate;
        var written = new ReceiveWriteBack(
            StatusOf(message, bytes), 0, VlanOf(bytes), message.Headers, hashType, hash);
        var first = queue.Ring.Head;
        var reason = Write(ref queue, bytes, written);
        if (reason is not null)
            return reason;
        Note(index, first, frame, bytes);
        return null;
    }

    /// <summary>All buffers, then all descriptors: who sees a descriptor sees the frame.
    /// </summary>
    private DropReason? Write(
        ref ReceiveQueue queue, ReadOnlySpan<byte> bytes, in ReceiveWriteBack written)
    {
        var size = queue.BufferBytes;
        var needed = (bytes.Length + size - 1) / size;
        Span<byte> descriptor = stackalloc byte[ReceiveDescriptor.LengthBytes];
        var at = queue.Ring.Head;
        for (var piece = 0; piece < needed; piece++)
        {
            if (at == queue.Ring.Tail)
                return NicDrops.NoDescriptor;
            at = queue.Ring.After(at);
        }

        at = queue.Ring.Head;
        for (var piece = 0; piece < needed; piece++)
        {
            if (!function.Read(queue.Ring.AddressOf(at), descriptor).IsDone)
                return NicDrops.IommuFault;
            var part = bytes.Slice(piece * size, Math.Min(size, bytes.Length - (piece * size)));
            var address = ReceiveDescriptor.Read(descriptor).BufferAddress;
            if (!function.Write(address, part).IsDone)
                return NicDrops.IommuFault;
            at = queue.Ring.After(at);
        }

        at = queue.Ring.Head;
        for (var piece = 0; piece < needed; piece++)
        {
            var isLast = piece == needed - 1;
            var back = written with
            {
                LengthBytes = (ushort)(isLast ? bytes.Length - (piece * size) : size),
                Status = isLast ? written.Status : ReceiveStatus.DescriptorDone,
            };
            back.Write(descriptor);
            if (!function.Write(queue.Ring.AddressOf(at), descriptor).IsDone)
                return NicDrops.IommuFault;
            at = queue.Ring.After(at);
        }

        queue.Ring.Head = at;
        return null;
    }

    private void Note(int index, int descriptor, long frame, ReadOnlySpan<byte> bytes)
    {
        var isMulticast = (bytes[0] & 1) != 0;
        function.Statistics.CountReceived(bytes.Length, isMulticast);
        function.Tap?.Passed(function.Device.NowPs, bytes, FrameDirection.Received);
        function.Device.Requests?.ReceiveDescriptorFilled(
            function.Device.Island, frame, function.Device.FollowedNameOf(function), index,
            descriptor);
        function.RaiseQueue(index, QueueDirection.Receive);
    }

    private static ReceiveStatus StatusOf(
        NicProtocol.ReceiveToFunction message, ReadOnlySpan<byte> bytes)
    {
        var status = ReceiveStatus.DescriptorDone | ReceiveStatus.EndOfPacket
            | ReceiveWriteBack.StatusOf(message.Checksums);
        if ((message.Checksums & ChecksumStatus.TransportChecked) != 0
            && (message.Headers & PacketType.Udp) != 0)
            status |= ReceiveStatus.UdpChecksum;
        if ((bytes[0] & 1) != 0)
            status |= ReceiveStatus.PassedInexactFilter;
        return HasTag(bytes) ? status | ReceiveStatus.VlanPacket : status;
    }

    private static bool HasTag(ReadOnlySpan<byte> bytes) =>
        bytes[12] == (int)EtherType.VlanTag >> 8
        && bytes[13] == ((int)EtherType.VlanTag & 0xFF);

    private static ushort VlanOf(ReadOnlySpan<byte> bytes) =>
        HasTag(bytes) ? (ushort)((bytes[14] << 8) | bytes[15]) : (ushort)0;

    private void Enable(ref ReceiveQueue queue, bool isEnabled)
    {
        if (isEnabled && (queue.Ring.Count == 0 || !queue.IsAdvanced))
        {
            function.Refuse(RegisterRefusal.QueueNotReady);
            return;
        }

        queue.Ring.IsEnabled = isEnabled;
        IsEnabled = false;
        foreach (ref readonly var one in queues.AsSpan())
            IsEnabled |= one.Ring.IsEnabled;
    }

    private ref ReceiveQueue At(int index)
    {
        if (index >= queues.Length)
            Array.Resize(ref queues, index + 1);
        return ref queues[index];
    }
}
