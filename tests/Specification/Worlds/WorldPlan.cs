using Disguise.Actors.Faults;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Waiting;

namespace Disguise.Specification.Worlds;

/// <summary>How a scenario's machine and network are made.</summary>
internal sealed record WorldPlan
{
    public required IArchitecture Architecture { get; init; }

    public required string Platform { get; init; }

    public required string Profile { get; init; }

    public required TenantInterface Interface { get; init; }

    public required WaitPolicy Wait { get; init; }

    public required Guards Guards { get; init; }

    public required IReadOnlyList<PlannedTenant> Tenants { get; init; }

    public int Stations { get; init; } = 2;

    public int Cores { get; init; } = 4;

    public long MemoryBytes { get; init; } = 64 << 20;

    public int VirtualFunctions { get; init; } = 8;

    public ulong Seed { get; init; } = 1;

    public int Threads { get; init; } = 1;
}
