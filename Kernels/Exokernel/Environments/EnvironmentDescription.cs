using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>What the machine's operator says of an environment that is to be made.</summary>
public sealed record EnvironmentDescription
{
    /// <summary>Its address: <c>server.echo[3]</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Its MAC address.</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>Its IPv4 address.</summary>
    public required Ipv4Address Ip { get; init; }

    /// <summary>Whose time slices it gets.</summary>
    public required CorePlacement Placement { get; init; }

    internal ulong Digest => Actors.Crossings.Digest.Of(
        Actors.Crossings.Digest.OfText(Address), Mac.Value, Ip.Value,
        ((ulong)Placement.Kind << 32) | (uint)Placement.Core);
}
