using Disguise.Actors.Dispatch;
using Disguise.Hardware.Network;
using Disguise.LibOS.Clients;

namespace Disguise.Host.Composition;

/// <summary>A client as it was built.</summary>
/// <param name="Group">Index of its group in the experiment.</param>
/// <param name="Number">Number in its group.</param>
/// <param name="Address">Its address.</param>
/// <param name="Actor">Its actor.</param>
/// <param name="Load">The client, where it is a load generator.</param>
/// <param name="Replay">The client, where it replays a capture.</param>
/// <param name="Link">From the client to the switch.</param>
/// <param name="SwitchLink">From the switch to the client.</param>
internal sealed record ClientOnTheSwitch(
    int Group,
    int Number,
    string Address,
    IslandActorRef Actor,
    UdpLoadClient? Load,
    PcapReplayClient? Replay,
    LinkActor Link,
    LinkActor SwitchLink);
