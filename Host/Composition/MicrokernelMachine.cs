using Disguise.Actors.Ledgers;
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
using Disguise.LibOS.Memory;
using Disguise.LibOS.Network;
using Disguise.LibOS.VirtualMemory;

namespace Disguise.Host.Composition;

/// <summary>
/// The microkernel: driver and network stack are servers, processes with address spaces of their
/// own; each tenant is a process that reaches the network by messages.
/// </summary>
internal static class MicrokernelMachine
{
    private const int DriverPriority = 50;
    private const int NetworkPriority = 40;
    private const int PagerPriority = 30;
    private const int PagerFrames = 1_024;
    private const int ReceiveRingSize = 256;
    private const int TransmitRingSize = 128;
    private const int LentBuffers = 256;

    public static IKernelView Install(MachinePlan plan) =>
        Install(plan, NetworkLibrary.Instance);

    /// <summary>Links any library into the servers.</summary>
    public static IKernelView Install(MachinePlan plan, INetworkLibrary library)
    {
        List<TenantPlan> all =
            [.. plan.Tenants, .. plan.Churn.SelectMany(group => group.Places)];
        var placement = new ServerPlacement(plan.Board.Cores.Length, all);
        var places = plan.Tenants.Select(tenant => (
            Refusal: placement.TryPlace(tenant, out var place), Place: place)).ToList();
        foreach (var tenant in all.Skip(places.Count))
            placement.ProvideFor(tenant);
        placement.Complete();
        var options = new NucleusOptions { Observer = plan.Observer };
        if (plan.TimeSlicePs is { } slicePs)
            options = options with { SlicePs = slicePs };
        var nucleus = Nucleus.Attach(plan.Board, plan.Nic, options, plan.Root);
        var view = new MicrokernelView(plan, nucleus, placement, all);
        AddServers(plan, view, placement, library);
        for (var index = 0; index < places.Count; index++)
        {
            if (places[index].Refusal is { } reason)
                plan.Readiness.Failed(plan.Tenants[index].Address, reason);
            else
                view.Start(plan.Tenants[index], places[index].Place);
        }

        return view;
    }

    private static void AddServers(
        MachinePlan plan, MicrokernelView view, ServerPlacement placement,
        INetworkLibrary library)
    {
        var name = plan.Board.Name;
        var kernel = view.Nucleus.Actor;
        var postedWritePs = plan.Board.Costs.Of(DeviceCosts.PciePostedWrite);
        ServerOptions OptionsOf(BootInformation boot, LedgerAccount account) => new()
        {
            Kernel = kernel,
            Boot = boot,
            ThreadCount = placement.Pairs.Count,
            Library = library,
            Execution = context => new DomainMemory(context, postedWritePs),
            LayoutOf = LayoutOf,
            Costs = plan.Board.Costs,
            Account = account,
            Guards = plan.Board.Guards,
            Requests = plan.Requests,
        };

        plan.Root.Add("driver", () => new DomainSupervisorActor(
            kernel, DriverOf(name, placement),
            boot => view.Driver =
                new DriverServerActor(OptionsOf(boot, view.DriverAccount), plan.Nic),
            CannotStart(plan, view, placement)));
        plan.Root.Add("network", () => new DomainSupervisorActor(
            kernel, NetworkOf(name, placement),
            boot => view.Network = new NetworkServerActor(
                OptionsOf(boot, view.NetworkAccount), view.Configuration),
            CannotStart(plan, view, placement)));
        if (view.HasPager)
            AddPager(plan, view, placement);
    }

    /// <summary>Virtual memory is a server too, with a thread wherever the network has one.
    /// </summary>
    private static void AddPager(
        MachinePlan plan, MicrokernelView view, ServerPlacement placement)
    {
        var kernel = view.Nucleus.Actor;
        var postedWritePs = plan.Board.Costs.Of(DeviceCosts.PciePostedWrite);
        var frames = new FramePool();
        frames.Grant(Enumerable.Range(0, PagerFrames).Select(frame => (long)frame));
        var request = new DomainRequest
        {
            Address = $"{plan.Board.Name}.pager",
            Threads =
            [
                .. placement.Pairs.Select(
                    pair => new ThreadPlace(pair.NetworkCore, PagerPriority)),
            ],
            ExtentPages = [.. Enumerable.Repeat(1, PagerFrames)],
        };
        plan.Root.Add("pager", () => new DomainSupervisorActor(
            kernel, request,
            boot => new PagerServerActor(new PagerOptions
            {
                Kernel = kernel,
                Boot = boot,
                ThreadCount = placement.Pairs.Count,
                Library = VirtualMemoryLibrary.Instance,
                Frames = frames,
                Execution = context => new DomainMemory(context, postedWritePs),
                Costs = plan.Board.Costs,
                Account = view.PagerAccount,
                Requests = plan.Requests,
            }),
            CannotStart(plan, view, placement)));
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

    /// <summary>The queue pairs' memory stands in a row in the driver's address space.</summary>
    private static QueueLayout LayoutOf(int queue)
    {
        var first = new QueueLayout(
            DomainPages.FirstFreePage, ReceiveRingSize, TransmitRingSize, LentBuffers);
        return first with { FirstPage = first.FirstPage + ((long)queue * first.Pages) };
    }

    /// <summary>
    /// What the servers have when they run, with the frames of page tables: a kernel that has no
    /// memory for them has a machine that is too small.
    /// </summary>
    private static Action<string> CannotStart(
        MachinePlan plan, MicrokernelView view, ServerPlacement placement) => reason =>
    {
        const int EntriesPerTable = 512;
        const int OtherTables = 64;
        long pages = DriverOf(plan.Board.Name, placement).ExtentPages.Sum()
            + (view.HasPager ? PagerFrames : 0);
        var bytes = (pages + (pages / EntriesPerTable) + OtherTables) * Frame.SizeBytes;
        var has = plan.Board.Options.MemoryBytes;
        throw bytes > has
            ? new MachineTooSmallException(plan.Board.Name, has, bytes)
            : new InvalidOperationException($"a server cannot start: {reason}");
    };
}
