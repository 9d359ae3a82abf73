using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Memory;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Ipc;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Network;

namespace Disguise.Host.Composition;

/// <summary>
/// The microkernel: driver and network stack are servers, processes with address spaces of their
/// own; each tenant is a process that reaches the network by messages.
/// </summary>
internal static class MicrokernelMachine
{
    private const int DriverPriority = 50;
    private const int NetworkPriority = 40;
    private const int ProcessPriority = 20;
    private const int ReceiveRingSize = 256;
    private const int TransmitRingSize = 128;
    private const int LentBuffers = 256;

    public static IKernelView Install(MachinePlan plan)
    {
        var placement = new ServerPlacement(plan.Board.Cores.Length, plan.Tenants);
        var name = plan.Board.Name;
        var view = new MicrokernelView(
            plan.Board,
            new LedgerAccount($"{name}.driver", "core", false),
            new LedgerAccount($"{name}.network", "core", false));
        view.Nucleus = Nucleus.Attach(
            plan.Board, plan.Nic, new NucleusOptions { Observer = plan.Observer }, plan.Root);
        var kernel = view.Nucleus.Actor;
        var threads = placement.Pairs.Count;
        var postedWritePs = plan.Board.Costs.Of(DeviceCosts.PciePostedWrite);
        ServerOptions OptionsOf(BootInformation boot, LedgerAccount account) => new()
        {
            Kernel = kernel,
            Boot = boot,
            ThreadCount = threads,
            Library = NetworkLibrary.Instance,
            Execution = context => new DomainMemory(context, postedWritePs),
            LayoutOf = LayoutOf,
            Costs = plan.Board.Costs,
            Account = account,
            Requests = plan.Requests,
        };

        plan.Root.Add("driver", () => new DomainSupervisorActor(
            kernel, DriverOf(name, placement),
            boot => view.Driver =
                new DriverServerActor(OptionsOf(boot, view.DriverAccount), plan.Nic),
            CannotStart));
        var configuration = ConfigurationOf(plan, placement);
        plan.Root.Add("network", () => new DomainSupervisorActor(
            kernel, NetworkOf(name, placement),
            boot => view.Network = new NetworkServerActor(
                OptionsOf(boot, view.NetworkAccount), configuration),
            CannotStart));
        for (var index = 0; index < plan.Tenants.Count; index++)
            AddProcess(plan, placement, index, kernel);
        return view;
    }

    private static void AddProcess(
        MachinePlan plan, ServerPlacement placement, int index, IslandActorRef kernel)
    {
        var tenant = plan.Tenants[index];
        if (placement.RefusalOf(index) is { } reason)
        {
            plan.Readiness.Failed(tenant.Address, reason);
            return;
        }

        var environment = new DomainEnvironment
        {
            Address = tenant.Address,
            Kernel = kernel,
            Mac = tenant.Mac,
            Ip = tenant.Ip,
            Costs = plan.Board.Costs,
            Account = tenant.Account,
            Readiness = plan.Readiness,
            Requests = plan.Requests,
        };
        var request = new DomainRequest
        {
            Address = tenant.Address,
            Threads = [new ThreadPlace(placement.CoreOf(index), ProcessPriority)],
            ExtentPages = [ProcessActor.Pages],
            Links =
            [
                new DomainRequest.EndpointLink(
                    $"{plan.Board.Name}.network", placement.PairOf(index),
                    TenantOfServer.BadgeOf(index)),
            ],
        };
        plan.Root.Add(tenant.Name, () => new DomainSupervisorActor(
            kernel, request,
            boot => new ProcessActor(environment, tenant.Settings.Application, boot),
            refusal => plan.Readiness.Failed(tenant.Address, refusal)));
    }

    private static DomainRequest DriverOf(string name, ServerPlacement placement)
    {
        var extents = new List<int>();
        for (var queue = 0; queue < placement.Pairs.Count; queue++)
        {
            var layout = LayoutOf(queue);
            var buffers = NetworkServerActor.BufferPagesOf(layout);
            extents.Add(layout.Pages - buffers);
            extents.Add(buffers);
        }

        return new DomainRequest
        {
            Address = $"{name}.driver",
            Threads =
            [
                .. placement.Pairs.Select(
                    pair => new ThreadPlace(pair.DriverCore, DriverPriority)),
            ],
            ExtentPages = extents,
            DrivesNetworkCard = true,
        };
    }

    private static DomainRequest NetworkOf(string name, ServerPlacement placement) => new()
    {
        Address = $"{name}.network",
        Threads =
        [
            .. placement.Pairs.Select(
                pair => new ThreadPlace(pair.NetworkCore, NetworkPriority)),
        ],
        Links =
        [
            .. placement.Pairs.Select((_, queue) => new DomainRequest.EndpointLink(
                $"{name}.driver", queue, NetworkServerActor.BadgeAtDriver,
                CapabilityRights.Write | CapabilityRights.Grant)),
        ],
    };

    private static List<TenantOfServer> ConfigurationOf(
        MachinePlan plan, ServerPlacement placement) =>
    [
        .. plan.Tenants.Select((tenant, index) => new TenantOfServer(
            tenant.Address, tenant.Mac, tenant.Ip, tenant.Settings.RateLimitBitsPerSecond,
            placement.PairOf(index))),
    ];

    /// <summary>The queue pairs' memory stands in a row in the driver's address space.</summary>
    private static QueueLayout LayoutOf(int queue)
    {
        var first = new QueueLayout(
            DomainPages.FirstFreePage, ReceiveRingSize, TransmitRingSize, LentBuffers);
        return first with { FirstPage = first.FirstPage + ((long)queue * first.Pages) };
    }

    private static void CannotStart(string reason) =>
        throw new InvalidOperationException($"a server cannot start: {reason}");
}
