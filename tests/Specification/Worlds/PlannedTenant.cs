using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Applications;

namespace Disguise.Specification.Worlds;

/// <summary>A tenant that a scenario asks for.</summary>
/// <param name="Name">Name on its machine.</param>
/// <param name="Application">What it runs.</param>
internal sealed record PlannedTenant(string Name, IApplication Application)
{
    public CorePlacement Placement { get; init; } = CorePlacement.Own;

    public long RateLimitBitsPerSecond { get; init; }
}
