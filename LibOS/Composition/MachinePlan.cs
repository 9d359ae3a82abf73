using Disguise.Hardware.Display;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Observation;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Composition.Churn;

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

    /// <summary>The display; null where the machine has none.</summary>
    public Display? Display { get; init; }

    /// <summary>Virtual functions that may be enabled, from 0.</summary>
    public required int VirtualFunctions { get; init; }

    /// <summary>Whether software stands in when virtual functions run out; else refusal.</summary>
    public required bool EmulatesWhenFunctionsRunOut { get; init; }

    /// <summary>
    /// How the profile cuts processor time into slices, where it says so; a kernel without slices
    /// like that has its own.
    /// </summary>
    public TimeSlices? Slices { get; init; }

    /// <summary>
    /// How long a program keeps a core that another wants, where the experiment says so; else the
    /// kernel has a length of its own.
    /// </summary>
    public long? TimeSlicePs { get; init; }

    /// <summary>The tenants from the start, in the order of their numbers.</summary>
    public required IReadOnlyList<TenantPlan> Tenants { get; init; }

    /// <summary>
    /// Groups whose tenants come and go while the machine runs; none of them is there at the
    /// start. Who starts and ends them is not the architecture's business: where the view that it
    /// gives is an <see cref="ITenantLauncher"/>, the composition adds the sources. How many there
    /// may be is, for whoever has to provide for them beforehand.
    /// </summary>
    public IReadOnlyList<TenantChurn> Churn { get; init; } = [];

    /// <summary>Most tenants that may be there at a time.</summary>
    public int MostTenants => Tenants.Count + Churn.Sum(group => group.Places.Count);

    /// <summary>Told when a tenant's set-up has ended.</summary>
    public required IReadiness Readiness { get; init; }

    /// <summary>Told of control calls and revocations.</summary>
    public required IMachineObserver Observer { get; init; }

    /// <summary>Follows requests when set.</summary>
    public IRequestObserver? Requests { get; init; }
}
