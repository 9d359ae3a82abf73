using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>An architecture that does one thing wrong: in what it is told or in what it tells.
/// </summary>
internal sealed class BrokenArchitecture(IArchitecture inner) : IArchitecture
{
    /// <summary>The plan as it is misunderstood.</summary>
    public Func<MachinePlan, MachinePlan> Misread { get; init; } = plan => plan;

    /// <summary>The view as it is given out.</summary>
    public Func<MachinePlan, IKernelView, IKernelView> Show { get; init; } = (_, view) => view;

    public string Name => inner.Name;

    public IReadOnlyList<TenantInterface> Interfaces => inner.Interfaces;

    public bool CanPoll => inner.CanPoll;

    public IKernelView Install(MachinePlan plan)
    {
        var misread = Misread(plan);
        return Show(misread, inner.Install(misread));
    }

    /// <summary>A plan with other tenants.</summary>
    public static MachinePlan Tenants(MachinePlan plan, Func<TenantPlan, TenantPlan> change) =>
        plan with { Tenants = [.. plan.Tenants.Select(change)] };

    /// <summary>A plan whose tenants run other applications.</summary>
    public static MachinePlan Applications(
        MachinePlan plan, Func<IApplication, IApplication> change) => Tenants(
            plan, tenant => With(tenant, change(tenant.Settings.Application)));

    /// <summary>A tenant that runs another application.</summary>
    public static TenantPlan With(TenantPlan tenant, IApplication application) => tenant with
    {
        Settings = tenant.Settings with { Application = application },
    };
}
