using Disguise.Actors.Dispatch;
using Disguise.Hardware.Wire;

namespace Disguise.LibOS.Clients;

/// <summary>Who a client is on the network.</summary>
public sealed record ClientStation
{
    /// <summary>Address of the client: <c>load[4]</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Number in its group, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Its Ethernet address.</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>Its IPv4 address.</summary>
    public required Ipv4Address Ip { get; init; }

    /// <summary>The UDP port that it sends from.</summary>
    public ushort Port { get; init; } = 40_000;

    /// <summary>The link that it is connected to.</summary>
    public required IslandActorRef Link { get; init; }
}
