using Disguise.Actors.Faults;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Arrakis;

namespace Disguise.Kernels.Tests.Arrakis.Scenes;

/// <summary>How the machine of a scene is made.</summary>
internal sealed record SceneOptions
{
    public int Cores { get; init; } = 4;

    public long MemoryBytes { get; init; } = 1L << 30;

    public NicModel Model { get; init; } = NicModel.X520;

    public Guards Guards { get; init; } = Guards.All;

    public ArrakisOptions Kernel { get; init; } = new() { VirtualFunctions = 8 };
}
