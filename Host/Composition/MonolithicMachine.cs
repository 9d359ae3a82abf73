using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Network;
using Disguise.LibOS.SystemCalls;

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
            Network = NetworkLibrary.Instance,
            Observer = plan.Observer,
            ExpectedProcesses = plan.Tenants.Count,
        };
        var kernel = MonolithicKernel.Attach(plan.Board, plan.Nic, options, plan.Root);
        foreach (var tenant in plan.Tenants)
        {
            var environment = new DomainEnvironment
            {
                Address = tenant.Address,
                Kernel = kernel.Actor,
                Mac = tenant.Mac,
                Ip = tenant.Ip,
                Costs = plan.Board.Costs,
                Account = tenant.Account,
                Readiness = plan.Readiness,
                Requests = plan.Requests,
            };
            plan.Root.Add(
                tenant.Name,
                () => new ProcessActor(environment, tenant.Settings, tenant.Placement));
        }

        return new MonolithicView(plan.Board, kernel);
    }
}
