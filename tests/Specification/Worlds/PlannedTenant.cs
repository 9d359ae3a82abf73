using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;

namespace Disguise.Specification.Worlds;

/// <summary>A tenant that a scenario asks for.</summary>
/// <param name="Name">Name on its machine.</param>
/// <param name="Application">What it runs.</param>
internal sealed record PlannedTenant(string Name, IApplication Application)
{
    public CorePlacement Placement { get; init; } = CorePlacement.Own;

    public long RateLimitBitsPerSecond { get; init; }

    public RevocationAnswer Revocation { get; init; }
}
