using Disguise.Hardware.Wire;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>An answer of the network server that has not gone out yet.</summary>
internal readonly record struct ServerAnswer
{
    /// <summary>The right to give it.</summary>
    public required Handle To { get; init; }

    /// <summary>How it went.</summary>
    public ServerStatus Status { get; init; }

    /// <summary>The words behind the status.</summary>
    public ulong Second { get; init; }

    /// <summary>The third word.</summary>
    public ulong Third { get; init; }

    /// <summary>The fourth word.</summary>
    public ulong Fourth { get; init; }

    /// <summary>Where the payload lies that goes with it.</summary>
    public ulong PayloadAddress { get; init; }

    /// <summary>Bytes of it; 0 for none.</summary>
    public int PayloadBytes { get; init; }

    /// <summary>The datagram's process, where it is one.</summary>
    public Ipv4Address Process { get; init; }

    /// <summary>Queue and buffer that are free once the answer is out, plus one; 0 for none.
    /// </summary>
    public int BufferPlusOne { get; init; }

    /// <summary>The queue pair whose buffer it is.</summary>
    public int Queue { get; init; }
}
