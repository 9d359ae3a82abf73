using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Observation;
using Disguise.Kernels.Abstractions;

namespace Disguise.LibOS.Composition;

/// <summary>A machine as an architecture finds it, and what it is to run.</summary>
public sealed record MachinePlan
{
    /// <summary>The machine's actor: kernel, servers and tenants become its children.</summary>
    public required MachineActor Root { get; init; }

    /// <summary>Cores, memory, costs, guards.</summary>
    public required Machine Board { get; init; }

    /// <summary>The network interface card; its virtual functions do not exist yet.</summary>
    public required Nic Nic { get; init; }

    /// <summary>Virtual functions that may be enabled, from 0.</summary>
    public required int VirtualFunctions { get; init; }

    /// <summary>Whether software stands in when virtual functions run out; else refusal.</summary>
    public required bool EmulatesWhenFunctionsRunOut { get; init; }

    /// <summary>The tenants from the start, in the order of their numbers.</summary>
    public required IReadOnlyList<TenantPlan> Tenants { get; init; }

    /// <summary>Told when a tenant's set-up has ended.</summary>
    public required IReadiness Readiness { get; init; }

    /// <summary>Told of control calls and revocations.</summary>
    public required IMachineObserver Observer { get; init; }

    /// <summary>Follows requests when set.</summary>
    public IRequestObserver? Requests { get; init; }
}
