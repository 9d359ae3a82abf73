using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Composition.ControlPlanes;
using Disguise.LibOS.Domains;
using Sketch;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>Maps a frame of the kernel's into every tenant.</summary>
internal sealed class ForeignFrame : IArchitecture
{
    private const int KernelsFrame = 1;
    private const int FreePage = 0x400;

    public string Name => "foreign-frame";

    public IReadOnlyList<TenantInterface> Interfaces { get; } = [TenantInterface.Native];

    public bool CanPoll => true;

    public IKernelView Install(MachinePlan plan)
    {
        var kernel = new ControlPlane(plan, grant => SketchDomain.TryMap(grant)
            && grant.Memory.TryMap(
                grant.Spaces[0], FreePage, Frame.AddressOf(KernelsFrame), 1, isWritable: true));
        foreach (var tenant in plan.Tenants)
            plan.Root.Add(tenant.Name, () => new SketchDomain(plan, tenant, kernel.Actor));
        return kernel;
    }
}
