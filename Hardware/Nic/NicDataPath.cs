using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Wires;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic.Queues;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>
/// What the functions of a NIC share: the port, the buffers, the filter tables, the engine that
/// writes frames to memory. The actors of device and functions are the places where messages come
/// in; this is the silicon behind them.
/// </summary>
internal sealed class NicDataPath
{
    private readonly bool checksTransmit;
    private readonly bool checksIndex;
    private readonly TransmitBuffer transmitBuffer;
    private readonly long receiveBufferPs;
    private NicProtocol.TransmitFromFunction[] handOvers = [];
    private IslandActorRef? link;
    private long receiveEngineFreePs;
    private long wireFreePs;
    private bool isRoomScheduled;

    public NicDataPath(Machine machine, NicOptions options)
    {
        Machine = machine;
        Options = options;
        Address = $"{machine.Name}.{options.Name}";
        Timings = new DeviceTimings(machine.Costs);
        checksTransmit = machine.Guards.IsOn(NicGuards.TransmitFilter);
        checksIndex = machine.Guards.IsOn(NicGuards.RingIndex);
        LimitsChains = machine.Guards.IsOn(NicGuards.DescriptorChain);
        transmitBuffer = new TransmitBuffer(options.TransmitBufferBytes);
        receiveBufferPs = Timings.DmaPs(options.ReceiveBufferBytes);
        Classifier = new ReceiveClassifier(
            options.Model, machine.Island.Random.Fork(Address).Next());
        Configuration = new NicConfiguration(this);
    }

    public Machine Machine { get; }

    public NicOptions Options { get; }

    public NicModel Model => Options.Model;

    public string Address { get; }

    public DeviceTimings Timings { get; }

    public NicConfiguration Configuration { get; }

    public ReceiveClassifier Classifier { get; }

    public PacketCounters Counters { get; } = new();

    public IslandActorRef Device { get; set; } = null!;

    public bool IsLinkUp { get; set; } = true;

    public IFrameTap? Tap { get; set; }

    public bool LimitsChains { get; }

    public Island Island => Machine.Island;

    public Iommu Iommu => Machine.Iommu;

    public FrameStore Frames => Machine.Island.Frames;

    public IRequestObserver? Requests => Machine.Requests;

    public long NowPs => Machine.Island.NowPs;

    public void ConnectLink(IslandActorRef to) => link = to;

    public string AddressOf(NicFunction function) => Configuration.AddressOf(function.Number);

    /// <summary>
    /// How a function is known to who follows requests: by its number, which is all that its
    /// driver knows, whether the card or a core emulates it.
    /// </summary>
    public string FollowedNameOf(NicFunction function) => function.IsPhysical
        ? AddressOf(function)
        : $"{Address}.vf[{function.Number}]";

    public int LongestFrame(bool hasVlan) =>
        Options.MaximumFrameBytes + (hasVlan ? VlanTag.LengthBytes : 0);

    /// <summary>Whether a tail or head may have a value (guard <c>ring-index</c>).</summary>
    public bool IsIndexAllowed(in Ring ring, uint value) =>
        !checksIndex || value < (uint)ring.Count;

    /// <summary>Whether a function may send a frame (guard <c>transmit-filter</c>).</summary>
    public bool MaySend(NicFunction function, in FrameFields fields)
    {
        if (!checksTransmit || function.IsPhysical)
            return true;
        if (fields.SourceMac.Value != function.Mac || function.Mac == 0)
            return false;
        return (!fields.HasVlan || function.IsIn(fields.VlanIdentifier))
            && (function.Access is null || function.Access.Allows(fields));
    }

    /// <summary>A frame's last bit has come from the wire.</summary>
    public void Arrive(long frame, bool hasBadFrameCheck)
    {
        Counters.CountReceived();
        var bytes = Frames.Read(frame);
        Tap?.Passed(NowPs, bytes, FrameDirection.Received);
        var isRead = FrameParser.TryRead(bytes, out var fields);
        var reason = !IsLinkUp ? NetworkDrops.LinkDown
            : hasBadFrameCheck ? NetworkDrops.BadFrameCheck
            : !isRead || bytes.Length < EthernetLimits.MinimumFrameBytes ? NetworkDrops.RuntFrame
            : bytes.Length > LongestFrame(fields.HasVlan) ? NetworkDrops.FrameTooLong
            : null;
        if (reason is not null)
            Drop(frame, reason);
        else
            Switch(frame, fields, null);
    }

    /// <summary>A function's frame has passed the transmit pipeline.</summary>
    public void Transmit(int function, long frame)
    {
        var bytes = Frames.Read(frame);
        FrameParser.TryRead(bytes, out var fields);
        var isGroup = fields.DestinationMac.IsMulticast;
        var source = Configuration.Find(function);
        if (!isGroup && Classifier.TryFindMac(fields.DestinationMac.Value, out _))
        {
            ReturnRoom(bytes.Length);
            Switch(frame, fields, source);
            return;
        }

        if (isGroup && CountTakers(fields, source) is var copies and > 0)
        {
            for (var copy = 0; copy < copies; copy++)
                Frames.Retain(frame);
            Counters.CountReplicated(copies);
            Flood(frame, fields, source);
        }

        SendToWire(frame, bytes.Length);
    }

    /// <summary>Room in the transmit buffer for a frame.</summary>
    public bool TryTakeRoom(int bytes, bool wasPromised) =>
        transmitBuffer.TryTake(NowPs, bytes, wasPromised);

    /// <summary>Gives room back that was not used.</summary>
    public void ReturnRoom(int bytes)
    {
        transmitBuffer.Free(bytes);
        WatchRoom();
    }

    /// <summary>A queue waits for its turn.</summary>
    public void WaitForRoom(NicFunction function, int queue, int bytes)
    {
        transmitBuffer.Wait(new TransmitBuffer.Waiter(
            function.Number, function.Generation, queue, bytes));
        WatchRoom();
    }

    /// <summary>Bytes have left the buffer: those that wait take turns.</summary>
    public void RoomFreed()
    {
        isRoomScheduled = false;
        while (transmitBuffer.TryPromise(NowPs, out var waiter))
        {
            var function = Configuration.Find(waiter.Function);
            if (function?.Actor is { } actor && function.Generation == waiter.Generation)
            {
                Island.Schedule(
                    NowPs, actor, NicProtocol.RoomToTransmit.Instance, Device, waiter.Queue);
            }
        }

        WatchRoom();
    }

    /// <summary>A function hands over a frame whose bytes it begins to fetch now.</summary>
    public void TakeFromFunction(
        NicFunction function, int queue, int descriptor, long frame, ref TransmitQueue state)
    {
        var bytes = Frames.Read(frame);
        var dmaEndPs = NowPs + Timings.DmaPs(bytes.Length);
        var atPs = dmaEndPs + Timings.TransmitPipelinePs;
        function.Statistics.Packets.CountReceived();
        function.Statistics.Packets.CountSent();
        function.Statistics.CountTransmitted(bytes.Length);
        function.Tap?.Passed(NowPs, bytes, FrameDirection.Sent);
        Counters.CountReceived();
        if (Requests is { } requests)
        {
            var stages = new FrameStages(requests, Island, frame, AddressOf(function));
            requests.TransmitDescriptorFetched(
                Island, frame, FollowedNameOf(function), queue, descriptor);
            stages.Fetched(
                state.Doorbells?.TimeOf(descriptor, NowPs) ?? NowPs, NowPs, Timings);
            stages.Transmitted(NowPs, dmaEndPs, atPs);
        }

        Island.Schedule(atPs, Device, HandOverOf(function.Number), function.Actor, frame);
    }

    /// <summary>Drops a frame of the device.</summary>
    public void Drop(long frame, DropReason reason)
    {
        Counters.CountDropped(reason);
        Frames.Release(frame);
    }

    private NicProtocol.TransmitFromFunction HandOverOf(int function)
    {
        var index = function + 1;
        if (index >= handOvers.Length)
            Array.Resize(ref handOvers, Math.Max(index + 1, handOvers.Length * 2));
        return handOvers[index] ??= new NicProtocol.TransmitFromFunction(function);
    }

    private void SendToWire(long frame, int lengthBytes)
    {
        if (link is null || !IsLinkUp)
        {
            ReturnRoom(lengthBytes);
            Drop(frame, NetworkDrops.LinkDown);
            return;
        }

        var startPs = Math.Max(NowPs, wireFreePs);
        wireFreePs = startPs + Actors.Time.Picoseconds.ToSerialise(
            EthernetLimits.OnWireBytes(lengthBytes) * 8L, Options.LinkBitsPerSecond);
        transmitBuffer.FreeAt(wireFreePs, lengthBytes);
        Tap?.Passed(startPs, Frames.Read(frame), FrameDirection.Sent);
        Counters.CountSent();
        Requests?.FrameStage(Island, frame, Address, FrameStages.Queue, NowPs, startPs);
        Island.Schedule(startPs, link, NetworkProtocol.Transmit.Instance, Device, frame);
        WatchRoom();
    }

    private void WatchRoom()
    {
        if (isRoomScheduled || transmitBuffer.WaiterCount == 0)
            return;
        var atPs = NowPs;
        if (!transmitBuffer.HasRoomForFirst(NowPs) && !transmitBuffer.TryNextDeparture(out atPs))
            return;
        isRoomScheduled = true;
        Island.Schedule(
            Math.Max(NowPs, atPs), Device, NicProtocol.RoomFreed.Instance, Device);
    }

    /// <summary>A frame to this machine: to one function, or to all that a group concerns.
    /// </summary>
    private void Switch(long frame, in FrameFields fields, NicFunction? source)
    {
        if (fields.DestinationMac.IsMulticast)
        {
            var copies = CountTakers(fields, source);
            if (copies == 0)
            {
                Drop(frame, NicDrops.NoFilter);
                return;
            }

            for (var copy = 1; copy < copies; copy++)
                Frames.Retain(frame);
            Counters.CountReplicated(copies - 1);
            Flood(frame, fields, source);
            return;
        }

        if (!Classifier.TryMatch(fields, out var number, out var queue))
        {
            queue = PhysicalFunctionProtocol.AnyQueue;
            if (!Classifier.TryFindMac(fields.DestinationMac.Value, out number)
                || (fields.HasVlan && !Configuration.Find(number)!.IsIn(fields.VlanIdentifier)))
            {
                number = PhysicalFunctionProtocol.PhysicalFunction;
            }
        }

        var function = Configuration.Find(number);
        if (function is null || (function.IsPhysical && !function.Receive.IsEnabled))
            Drop(frame, NicDrops.NoFilter);
        else
            Deliver(frame, fields, function, queue);
    }

    private int CountTakers(in FrameFields fields, NicFunction? source)
    {
        var count = 0;
        for (var number = -1; number < Configuration.EndNumber; number++)
        {
            if (Configuration.Find(number) is { } function
                && TakesGroup(function, fields, source))
            {
                count++;
            }
        }

        return count;
    }

    private void Flood(long frame, in FrameFields fields, NicFunction? source)
    {
        for (var number = -1; number < Configuration.EndNumber; number++)
        {
            if (Configuration.Find(number) is { } function
                && TakesGroup(function, fields, source))
            {
                Deliver(frame, fields, function, PhysicalFunctionProtocol.AnyQueue);
            }
        }
    }

    /// <summary>A function that receives at all, other than the sender, in the VLAN.</summary>
    private static bool TakesGroup(
        NicFunction function, in FrameFields fields, NicFunction? source) =>
        function.Receive.IsEnabled && !ReferenceEquals(function, source)
        && (!fields.HasVlan || function.IsIn(fields.VlanIdentifier));

    /// <summary>
    /// Writes a frame to memory in turn: the frames of all functions share PCI Express, so none
    /// overtakes another.
    /// </summary>
    private void Deliver(long frame, in FrameFields fields, NicFunction function, int queue)
    {
        var readyPs = NowPs + Timings.ReceivePipelinePs;
        var startPs = Math.Max(readyPs, receiveEngineFreePs);
        var reason = !function.IsLinkUp ? NetworkDrops.LinkDown
            : startPs - readyPs > receiveBufferPs ? NicDrops.ReceiveBufferFull
            : null;
        if (reason is not null)
        {
            Drop(frame, reason);
            return;
        }

        var bytes = Frames.Read(frame);
        receiveEngineFreePs = startPs + Timings.DmaPs(bytes.Length);
        var atPs = receiveEngineFreePs + Timings.PostedWritePs;
        Counters.CountSent();
        function.Statistics.Packets.CountReceived();
        function.FramesUnderWay++;
        if (Requests is { } requests)
        {
            new FrameStages(requests, Island, frame, Address).Received(
                NowPs, readyPs, startPs, receiveEngineFreePs, atPs);
        }

        var message = NicProtocol.ReceiveToFunction.Of(
            queue, ChecksumOffload.Verify(bytes, fields), fields);
        Island.Schedule(atPs, function.Actor!, message, Device, frame);
    }
}
