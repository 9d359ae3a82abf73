using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Observation;
using Disguise.Host.Experiments;

namespace Disguise.Host.Composition;

/// <summary>
/// One switch and the links around it. A link has two directions, each an actor on the island
/// that sends.
/// </summary>
internal sealed class Network
{
    private readonly Emulation emulation;
    private readonly LinkOptions options;
    private readonly IRequestObserver? requests;

    public Network(Emulation emulation, NetworkSettings settings, IRequestObserver? requests)
    {
        this.emulation = emulation;
        this.requests = requests;
        options = new LinkOptions
        {
            BitsPerSecond = settings.Link.BitsPerSecond,
            LatencyPs = settings.Link.LatencyPs,
            Loss = Share.Of(settings.Link.Loss),
        };
        Island = emulation.AddIsland(Experiments.Addresses.AddressBook.TheSwitch);
        SwitchActor? made = null;
        SwitchRef = Island.SpawnRoot(
            ActorProps.Of(() => made = new SwitchActor(
                Experiments.Addresses.AddressBook.TheSwitch, settings.SwitchLatencyPs,
                requests)),
            Experiments.Addresses.AddressBook.TheSwitch);
        Switch = made!;
    }

    public Island Island { get; }

    public SwitchActor Switch { get; }

    public IslandActorRef SwitchRef { get; }

    /// <summary>The rate of a link whose station has a card: the lower one's.</summary>
    public long BitsPerSecondOf(NicModel? card) => card is null
        ? options.BitsPerSecond : Math.Min(options.BitsPerSecond, card.MaximumBitsPerSecond);

    /// <summary>Makes the direction from a station; connect it once the station is there.</summary>
    public LinkActor NewUplink(string stationAddress, NicModel? card = null) =>
        new($"{stationAddress}.link", OptionsOf(card), requests);

    /// <summary>
    /// Connects a station: its link towards the switch, and a port of the switch with a link
    /// towards the station.
    /// </summary>
    public LinkActor Connect(
        LinkActor uplink, IslandActorRef station, object arrival, object damagedArrival,
        NicModel? card = null)
    {
        var link = OptionsOf(card);
        Island.Enter();
        LinkActor? downlink = null;
        var number = Switch.PortCount;
        var address = $"switch.link[{number}]";
        var downlinkRef = Island.SpawnRoot(
            ActorProps.Of(() => downlink = new LinkActor(address, link, requests)),
            $"switch.link({number})");
        var port = Switch.AddPort(downlinkRef);
        uplink.Connect(
            emulation.AddOutput(uplink.Island, link.LookaheadPs),
            emulation.AddInput(SwitchRef, new NetworkProtocol.FrameArrival(port)),
            emulation.AddInput(SwitchRef, new NetworkProtocol.FrameArrival(port, true)));
        downlink!.Connect(
            emulation.AddOutput(Island, link.LookaheadPs),
            emulation.AddInput(station, arrival),
            emulation.AddInput(station, damagedArrival));
        return downlink;
    }

    private LinkOptions OptionsOf(NicModel? card) =>
        options with { BitsPerSecond = BitsPerSecondOf(card) };
}
