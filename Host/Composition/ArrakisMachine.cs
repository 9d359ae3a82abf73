using Disguise.Actors.Dispatch;
using Disguise.Hardware.Machines;
using Disguise.Host.Experiments;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;

namespace Disguise.Host.Composition;

/// <summary>
/// Arrakis: the kernel is a control plane; each tenant is an application container whose
/// protection domain holds the network stack, on a virtual interface card of its own.
/// </summary>
internal static class ArrakisMachine
{
    public static IKernelView Install(
        MachineActor root, MachineUnderTest machine, TenantPlan plan)
    {
        var view = new ArrakisView(machine.Board);
        var options = new ArrakisOptions
        {
            VirtualFunctions = machine.Settings.Nic.VirtualFunctions,
            WhenFunctionsRunOut = machine.Settings.Nic.EmulateWhenOut
                ? WhenFunctionsRunOut.Emulate
                : WhenFunctionsRunOut.Refuse,
            SoftwareCards = machine.Settings.Nic.EmulateWhenOut
                ? Math.Max(0, plan.Tenants.Count - machine.Settings.Nic.VirtualFunctions)
                : 0,
            Operator = new Operator(plan),
            Calls = view,
        };
        view.Kernel = ArrakisKernel.Attach(machine.Board, machine.Nic, options, root);
        var kernel = view.Kernel.Actor;
        var factories = new Dictionary<TenantGroup, IProtectionDomainFactory>(
            ReferenceEqualityComparer.Instance);
        foreach (var tenant in plan.Tenants)
        {
            if (!factories.TryGetValue(tenant.Group, out var factory))
                factories.Add(tenant.Group, factory = Libraries.FactoryFor(tenant.Group));
            var container = new ContainerOptions
            {
                Address = tenant.Address,
                Mac = tenant.Mac,
                Ip = tenant.Ip,
                Placement = PlacementOf(tenant.Group.Core),
                Factory = factory,
                Account = tenant.Account,
                Readiness = plan.Readiness,
                Requests = plan.Requests,
            };
            root.Add(
                tenant.Name,
                () => new ApplicationContainerActor(container, kernel, machine.Board.Costs));
        }

        return view;
    }

    private static CorePlacement PlacementOf(CoreChoice choice) =>
        choice.IsOwn ? CorePlacement.Own
        : choice.Number is { } number ? new CorePlacement(CorePlacementKind.Pinned, number)
        : CorePlacement.Shared;

    private sealed class Operator(TenantPlan plan) : IOperatorObserver
    {
        public void NetworkRevoked(string address, long orderedPs, long donePs, int cards) =>
            plan.NetworkRevoked(address, orderedPs, donePs, cards);
    }
}
