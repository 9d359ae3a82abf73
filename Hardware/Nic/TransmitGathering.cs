using Disguise.Hardware.Network;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Nic.Queues;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>
/// Reads the descriptors of one frame, gathers its bytes, applies offloads, asks whether the
/// function may send it, and hands it to the device (82599 datasheet sections 7.2.1 to 7.2.5).
/// </summary>
internal ref struct TransmitGathering(NicFunction function, int index)
{
    /// <summary>Most descriptors of one frame (82599 datasheet section 7.2.1.1).</summary>
    private const int MaximumDescriptors = 40;

    private int totalBytes;
    private int last;
    private int firstData;
    private TransmitDescriptor first;
    private bool reportsStatus;

    /// <summary>Descriptors used, contexts included.</summary>
    public int Descriptors { get; private set; }

    /// <summary>Bytes of the frame as it left; 0 if none did.</summary>
    public int FrameBytes { get; private set; }

    /// <summary>Room that the frame needs in the device's buffer.</summary>
    public int RoomBytes { get; private set; }

    /// <summary>Takes the frame at the head of a queue.</summary>
    public TransmitOutcome TakeFrame(ref TransmitQueue queue, bool hasRoom)
    {
        var outcome = ReadDescriptors(ref queue, out var reason);
        if (outcome != TransmitOutcome.Taken)
        {
            if (outcome == TransmitOutcome.Stopped)
                Drop(reason!);
            return outcome;
        }

        if (Descriptors > 0 && totalBytes < 0)
        {
            queue.Ring.Head = last;
            return TransmitOutcome.Taken;
        }

        var device = function.Device;
        reason = ReasonOfLength();
        if (reason is null)
        {
            RoomBytes = Math.Max(totalBytes, EthernetLimits.MinimumFrameBytes) + TagBytes;
            if (!device.TryTakeRoom(RoomBytes, hasRoom))
                return TransmitOutcome.NoRoom;
            reason = Send(ref queue);
            if (reason is not null)
                device.ReturnRoom(RoomBytes);
        }

        if (reason is not null)
            Drop(reason);
        queue.Ring.Head = queue.Ring.After(last);
        if (reportsStatus)
        {
            function.Schedule(
                device.NowPs + device.Timings.DmaPs(totalBytes) + device.Timings.PostedWritePs,
                NicProtocol.TransmitDone.Instance, index,
                FunctionEvent.IndexAndEpoch(last, queue.Epoch));
        }

        return TransmitOutcome.Taken;
    }

    private readonly int TagBytes =>
        (first.Command & TransmitCommand.InsertVlan) != 0 ? VlanTag.LengthBytes : 0;

    private readonly DropReason? ReasonOfLength()
    {
        if (totalBytes == 0)
            return NicDrops.MalformedDescriptor;
        return totalBytes > function.Device.Options.MaximumFrameBytes + VlanTag.LengthBytes
            ? NetworkDrops.FrameTooLong : null;
    }

    /// <summary>
    /// Walks from the head to the descriptor that ends the frame. Contexts in front of it are
    /// taken up; one alone at the head with nothing behind it is used up by itself.
    /// </summary>
    private TransmitOutcome ReadDescriptors(ref TransmitQueue queue, out DropReason? reason)
    {
        Span<byte> bytes = stackalloc byte[ReceiveDescriptor.LengthBytes];
        var at = queue.Ring.Head;
        firstData = -1;
        reason = null;
        while (true)
        {
            if (at == queue.FetchedTail || Descriptors > queue.Ring.Count)
                return EndOfFetched(ref queue, at);
            if (!function.Read(queue.Ring.AddressOf(at), bytes).IsDone)
            {
                reason = NicDrops.IommuFault;
                return TransmitOutcome.Stopped;
            }

            var type = TransmitDescriptor.TypeOf(bytes);
            var isContext = type == TransmitDescriptor.ContextType && firstData < 0;
            if (!isContext && type != TransmitDescriptor.DataType)
            {
                reason = NicDrops.MalformedDescriptor;
                return TransmitOutcome.Stopped;
            }

            if (++Descriptors > MaximumDescriptors && function.Device.LimitsChains)
            {
                reason = NicDrops.DescriptorChain;
                return TransmitOutcome.Stopped;
            }

            if (isContext)
            {
                TakeContext(ref queue, bytes);
                at = queue.Ring.After(at);
                continue;
            }

            var descriptor = TransmitDescriptor.Read(bytes);
            if ((descriptor.Command & TransmitCommand.Segmentation) != 0)
            {
                reason = NicDrops.MalformedDescriptor;
                return TransmitOutcome.Stopped;
            }

            if (firstData < 0)
            {
                firstData = at;
                first = descriptor;
            }

            totalBytes += descriptor.LengthBytes;
            reportsStatus |= (descriptor.Command & TransmitCommand.ReportStatus) != 0;
            last = at;
            if ((descriptor.Command & TransmitCommand.EndOfPacket) != 0)
                return TransmitOutcome.Taken;
            at = queue.Ring.After(at);
        }
    }

    private TransmitOutcome EndOfFetched(ref TransmitQueue queue, int at)
    {
        if (firstData >= 0 && Descriptors <= queue.Ring.Count)
            return TransmitOutcome.Incomplete;
        last = at;
        totalBytes = -1;
        return TransmitOutcome.Taken;
    }

    private static void TakeContext(ref TransmitQueue queue, ReadOnlySpan<byte> bytes)
    {
        var context = TransmitContext.Read(bytes);
        if (context.Index <= 1)
            queue.SetContext(context);
    }

    private DropReason? Send(ref TransmitQueue queue)
    {
        var device = function.Device;
        var frame = device.Frames.Take(RoomBytes);
        var bytes = device.Frames.Write(frame);
        var reason = Gather(ref queue, bytes);
        FrameFields fields = default;
        if (reason is null)
        {
            Finish(queue, bytes);
            FrameParser.TryRead(bytes, out fields);
            reason = ReasonToRefuse(fields, bytes.Length);
        }

        if (reason is not null)
        {
            device.Frames.Release(frame);
            return reason;
        }

        FrameBytes = bytes.Length;
        queue.Limiter.Start(device.NowPs, EthernetLimits.OnWireBytes(bytes.Length) * 8);
        device.TakeFromFunction(function, index, firstData, frame, ref queue);
        return null;
    }

    private readonly DropReason? ReasonToRefuse(in FrameFields fields, int lengthBytes)
    {
        if (!function.Device.MaySend(function, fields))
            return NicDrops.SpoofedSource;
        if (!function.IsLinkUp)
            return NetworkDrops.LinkDown;
        return lengthBytes > function.Device.LongestFrame(fields.HasVlan)
            ? NetworkDrops.FrameTooLong : null;
    }

    private DropReason? Gather(ref TransmitQueue queue, Span<byte> bytes)
    {
        if (firstData == last)
        {
            return function.Read(first.BufferAddress, bytes[..totalBytes]).IsDone
                ? null : NicDrops.IommuFault;
        }

        Span<byte> descriptor = stackalloc byte[ReceiveDescriptor.LengthBytes];
        var room = bytes;
        for (var at = firstData; ; at = queue.Ring.After(at))
        {
            if (!function.Read(queue.Ring.AddressOf(at), descriptor).IsDone)
                return NicDrops.IommuFault;
            var piece = TransmitDescriptor.Read(descriptor);
            if (!function.Read(piece.BufferAddress, room[..piece.LengthBytes]).IsDone)
                return NicDrops.IommuFault;
            room = room[piece.LengthBytes..];
            if (at == last)
                return null;
        }
    }

    /// <summary>Tag, padding and checksums. The frame's bytes are at its start.</summary>
    private readonly void Finish(in TransmitQueue queue, Span<byte> bytes)
    {
        const int Addresses = 2 * MacAddress.LengthBytes;
        var context = queue.ContextOf(first.Context);
        bytes[totalBytes..].Clear();
        if (TagBytes > 0)
        {
            bytes[Addresses..^VlanTag.LengthBytes].CopyTo(bytes[(Addresses + TagBytes)..]);
            bytes[Addresses] = (int)EtherType.VlanTag >> 8;
            bytes[Addresses + 1] = (int)EtherType.VlanTag & 0xFF;
            bytes[Addresses + 2] = (byte)(context.VlanTag >> 8);
            bytes[Addresses + 3] = (byte)context.VlanTag;
        }

        // A device fills in what can be filled in; a frame without such headers goes as it is.
        if (first.InsertNetworkChecksum)
            ChecksumOffload.FillIpv4(bytes);
        if (!first.InsertTransportChecksum)
            return;
        if (first.ChecksContext && context.IsTcp)
            ChecksumOffload.FillTcp(bytes);
        else
            ChecksumOffload.FillUdp(bytes);
    }

    private readonly void Drop(DropReason reason)
    {
        function.Statistics.Packets.CountReceived();
        function.Statistics.Packets.CountDropped(reason);
    }
}
