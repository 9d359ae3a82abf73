using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Abstractions.Network;

/// <summary>What a stack made of a frame.</summary>
public readonly record struct Reception
{
    /// <summary>What became of it.</summary>
    public ReceptionKind Kind { get; init; }

    /// <summary>Why it was dropped, if it was.</summary>
    public DropReason? Reason { get; init; }

    /// <summary>Who has bound the port, as given to <see cref="INetworkStack.Bind"/>.</summary>
    public int Owner { get; init; }

    /// <summary>From whom to whom the datagram came.</summary>
    public UdpEndpoints Endpoints { get; init; }

    /// <summary>Where the payload starts in the frame, bytes.</summary>
    public int PayloadOffsetBytes { get; init; }

    /// <summary>Bytes of payload.</summary>
    public int PayloadBytes { get; init; }
}
