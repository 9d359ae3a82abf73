using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;

namespace Disguise.Host.Composition;

/// <summary>
/// Arrakis: the kernel is a control plane; each tenant is an application container whose
/// protection domain holds the network stack, on a virtual interface card of its own.
/// </summary>
internal static class ArrakisMachine
{
    public static IKernelView Install(MachinePlan plan)
    {
        var view = new ArrakisView(plan.Board, plan.Observer);
        var options = new ArrakisOptions
        {
            VirtualFunctions = plan.VirtualFunctions,
            WhenFunctionsRunOut = plan.EmulatesWhenFunctionsRunOut
                ? WhenFunctionsRunOut.Emulate
                : WhenFunctionsRunOut.Refuse,
            SoftwareCards = plan.EmulatesWhenFunctionsRunOut
                ? Math.Max(0, plan.Tenants.Count - plan.VirtualFunctions)
                : 0,
            Operator = new Operator(plan.Observer),
            Calls = view,
        };
        view.Kernel = ArrakisKernel.Attach(plan.Board, plan.Nic, options, plan.Root);
        var kernel = view.Kernel.Actor;
        var factories = new Dictionary<TenantSettings, IProtectionDomainFactory>(
            ReferenceEqualityComparer.Instance);
        foreach (var tenant in plan.Tenants)
        {
            if (!factories.TryGetValue(tenant.Settings, out var factory))
                factories.Add(tenant.Settings, factory = new LibraryOsFactory(tenant.Settings));
            var container = new ContainerOptions
            {
                Address = tenant.Address,
                Mac = tenant.Mac,
                Ip = tenant.Ip,
                Placement = tenant.Placement,
                Factory = factory,
                Account = tenant.Account,
                Readiness = plan.Readiness,
                Requests = plan.Requests,
            };
            plan.Root.Add(
                tenant.Name,
                () => new ApplicationContainerActor(container, kernel, plan.Board.Costs));
        }

        return view;
    }

    private sealed class Operator(IMachineObserver observer) : IOperatorObserver
    {
        public void NetworkRevoked(string address, long orderedPs, long donePs, int cards) =>
            observer.NetworkRevoked(address, orderedPs, donePs, cards);
    }
}
