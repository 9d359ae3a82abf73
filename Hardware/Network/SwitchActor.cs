using System.Buffers.Binary;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Network;

/// <summary>
/// A store-and-forward switch: a frame that has arrived whole leaves, after the switch's latency,
/// through the link of the port behind which its destination is; to everybody else when nobody
/// knows (IEEE 802.1D clause 7). Each output port queues in its link.
/// </summary>
public sealed class SwitchActor : EmulatedActor
{
    /// <summary>Most ports.</summary>
    public const int PortLimit = 1 << 22;

    private const int AddressesBytes = 12;

    private readonly string address;
    private readonly long latencyPs;
    private readonly IRequestObserver? requests;
    private readonly List<IslandActorRef> links = [];

    /// <summary>Makes a switch without ports.</summary>
    public SwitchActor(string address, long latencyPs, IRequestObserver? requests = null)
    {
        this.address = address;
        this.latencyPs = latencyPs;
        this.requests = requests;
    }

    /// <summary>Where stations are.</summary>
    public ForwardingTable Table { get; } = new();

    /// <summary>What went through; a flooded frame is replicated.</summary>
    public PacketCounters Counters { get; } = new();

    /// <summary>Ports it has.</summary>
    public int PortCount => links.Count;

    /// <summary>Adds a port that sends through a link. Returns the port's number. Call while the
    /// network is assembled.</summary>
    public int AddPort(IslandActorRef link)
    {
        if (links.Count == PortLimit)
            throw new InvalidOperationException($"a switch has {PortLimit} ports at most");
        links.Add(link);
        return links.Count - 1;
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NetworkProtocol.FrameArrival arrival:
                Forward(arrival, Word);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Forward(NetworkProtocol.FrameArrival arrival, long frame)
    {
        Counters.CountReceived();
        var bytes = Island.Frames.Read(frame);
        if (arrival.HasBadFrameCheck || bytes.Length < AddressesBytes)
        {
            Drop(frame, arrival.HasBadFrameCheck
                ? NetworkDrops.BadFrameCheck : NetworkDrops.RuntFrame);
            return;
        }

        var destination = BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16;
        var source = BinaryPrimitives.ReadUInt64BigEndian(bytes[4..]) & 0xFFFF_FFFF_FFFF;
        if (!IsGroup(source))
            Table.Learn(source, arrival.Port);
        requests?.FrameStage(
            Island, frame, address, "switch latency", NowPs, NowPs + latencyPs);
        var port = !IsGroup(destination) ? Table.Find(destination) : -1;
        if (port == arrival.Port)
            Drop(frame, NetworkDrops.SamePort);
        else if (port >= 0)
            SendTo(port, frame);
        else
            Flood(arrival.Port, frame);
    }

    private void Flood(int from, long frame)
    {
        var copies = links.Count - 1;
        if (copies == 0)
        {
            Drop(frame, NetworkDrops.NoPort);
            return;
        }

        Counters.CountReplicated(copies - 1);
        for (var copy = 1; copy < copies; copy++)
            Island.Frames.Retain(frame);
        for (var port = 0; port < links.Count; port++)
        {
            if (port != from)
                SendTo(port, frame);
        }
    }

    private static bool IsGroup(ulong station) => new MacAddress(station).IsMulticast;

    private void SendTo(int port, long frame)
    {
        Counters.CountSent();
        Send(links[port], NetworkProtocol.Transmit.Instance, NowPs + latencyPs, frame);
    }

    private void Drop(long frame, DropReason reason)
    {
        Counters.CountDropped(reason);
        Island.Frames.Release(frame);
    }
}
