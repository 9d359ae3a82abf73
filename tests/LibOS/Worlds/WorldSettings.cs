using Disguise.Actors.Faults;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Arrakis;

namespace Disguise.LibOS.Tests.Worlds;

/// <summary>How the machine and the network of a world are made.</summary>
internal sealed record WorldSettings
{
    public ulong Seed { get; init; } = 1;

    public int Cores { get; init; } = 4;

    public NicModel Model { get; init; } = NicModel.Ideal;

    public Guards Guards { get; init; } = Guards.All;

    public ArrakisOptions Kernel { get; init; } = new() { VirtualFunctions = 8 };

    /// <summary>Links of stations; the server's links are <see cref="ServerLink"/>.</summary>
    public LinkOptions StationLink { get; init; } = new();

    public LinkOptions ServerLink { get; init; } = new();

    public int ReceiveBufferBytes { get; init; } = 512 << 10;

    public int DmaBytePs { get; init; } = 273;
}
