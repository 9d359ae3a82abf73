using Disguise.Actors.Islands;
using Disguise.Hardware.Network;
using Disguise.Host.Experiments;
using Disguise.Host.Running;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Composition;

/// <summary>An experiment under one architecture, built and ready to run.</summary>
internal sealed class World : IDisposable
{
    public required Emulation Emulation { get; init; }

    public required Experiment Experiment { get; init; }

    public required IArchitecture Architecture { get; init; }

    public required SwitchActor Switch { get; init; }

    public required Island SwitchIsland { get; init; }

    public required IReadOnlyList<MachineUnderTest> Machines { get; init; }

    public required IReadOnlyList<ClientOnTheSwitch> Clients { get; init; }

    public required ReadinessCount Readiness { get; init; }

    public required LatencyBook Latencies { get; init; }

    public required RevocationBook Revocations { get; init; }

    public required TenantNumbers Tenants { get; init; }

    public int TenantCount => Tenants.Count;

    /// <summary>What the sources of tenants did, by machine and group.</summary>
    public required IReadOnlyList<ChurnBook> Churn { get; init; }

    public void Dispose() => Emulation.Dispose();
}
