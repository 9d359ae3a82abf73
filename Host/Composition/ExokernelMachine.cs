using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Network;

namespace Disguise.Host.Composition;

/// <summary>
/// The Exokernel: the kernel protects and multiplexes; each tenant is an environment whose library
/// operating system holds the network stack, on a virtual function that is bound to it.
/// </summary>
internal static class ExokernelMachine
{
    public static IKernelView Install(MachinePlan plan)
    {
        var options = new ExokernelOptions
        {
            VirtualFunctions = plan.VirtualFunctions,
            DemultiplexesWhenFunctionsRunOut = plan.EmulatesWhenFunctionsRunOut,
            Display = plan.Display,
            Network = NetworkLibrary.Instance,
            Slices = plan.TimeSlicePs is { } slicePs
                ? (plan.Slices ?? TimeSlices.Xok).Lasting(slicePs) : plan.Slices,
            Observer = plan.Observer,
        };
        var view = new ExokernelView(
            plan, ExokernelKernel.Attach(plan.Board, plan.Nic, options, plan.Root));
        foreach (var tenant in plan.Tenants)
            view.Start(tenant);
        return view;
    }
}
