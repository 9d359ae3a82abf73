using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Composition;

/// <summary>
/// Arrakis: the kernel is a control plane; each tenant is an application container whose
/// protection domain holds the network stack, on a virtual interface card of its own.
/// </summary>
internal static class ArrakisMachine
{
    public static IKernelView Install(MachinePlan plan)
    {
        var view = new ArrakisView(plan);
        var options = new ArrakisOptions
        {
            VirtualFunctions = plan.VirtualFunctions,
            WhenFunctionsRunOut = plan.EmulatesWhenFunctionsRunOut
                ? WhenFunctionsRunOut.Emulate
                : WhenFunctionsRunOut.Refuse,
            SoftwareCards = plan.EmulatesWhenFunctionsRunOut
                ? Math.Max(0, plan.MostTenants - plan.VirtualFunctions)
                : 0,
            Operator = new Operator(plan.Observer),
            Calls = view,
        };
        if (plan.TimeSlicePs is { } slicePs)
            options = options with { SlicePs = slicePs };
        view.Kernel = ArrakisKernel.Attach(plan.Board, plan.Nic, options, plan.Root);
        foreach (var tenant in plan.Tenants)
            view.Start(tenant);
        return view;
    }

    private sealed class Operator(IMachineObserver observer) : IOperatorObserver
    {
        public void NetworkRevoked(string address, long orderedPs, long donePs, int cards) =>
            observer.Revoked(RevocationReport.OfNetwork(address, orderedPs, donePs, cards));
    }
}
