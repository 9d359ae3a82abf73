using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;

namespace Disguise.Kernels.Monolithic.Processes;

/// <summary>What the machine's operator gives a process that it starts.</summary>
public sealed record ProcessDescription
{
    /// <summary>Address of the process: <c>server.echo[3]</c>.</summary>
    public required string Address { get; init; }

    /// <summary>MAC address of its network namespace.</summary>
    public required MacAddress Mac { get; init; }

    /// <summary>IPv4 address of its network namespace.</summary>
    public required Ipv4Address Ip { get; init; }

    /// <summary>Which cores its task may run on.</summary>
    public required CorePlacement Placement { get; init; }

    /// <summary>Pages of memory that its image takes, 1 to
    /// <see cref="ProcessImage.MaximumPages"/>.</summary>
    public required int Pages { get; init; }

    /// <summary>Rate and ceiling of its traffic class, bits a second; 0 for none.</summary>
    public long RateLimitBitsPerSecond { get; init; }
}
