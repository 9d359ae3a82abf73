using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Network;
using Disguise.LibOS.VirtualMemory;

namespace Disguise.Host.Composition;

/// <summary>
/// Linux-like: driver, network stack and sockets are in the kernel, which drives the NIC by its
/// physical function; each tenant is a process that reaches them by system calls.
/// </summary>
internal static class MonolithicMachine
{
    public static IKernelView Install(MachinePlan plan)
    {
        var options = new MonolithicOptions
        {
            Display = plan.Display,
            Network = NetworkLibrary.Instance,
            Memory = VirtualMemoryLibrary.Instance,
            Observer = plan.Observer,
            ExpectedProcesses = plan.MostTenants,
            SlicePs = plan.TimeSlicePs,
        };
        var kernel = MonolithicKernel.Attach(plan.Board, plan.Nic, options, plan.Root);
        var view = new MonolithicView(plan, kernel);
        foreach (var tenant in plan.Tenants)
            view.Start(tenant);
        return view;
    }
}
