using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Native;
using Disguise.LibOS.Network;
using Disguise.LibOS.Posix;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Domains;

/// <summary>
/// What a library OS asks of its kernel before the first packet: memory, a virtual interface card,
/// its doorbell, filters for its own address, a rate. After that the kernel is not on the path
/// (Arrakis, TOCS 2015, section 3.4).
/// </summary>
internal sealed class DomainSetUp(
    DomainEnvironment environment, TenantSettings settings, CpuContext context,
    IDoorbellSleep sleep)
{
    private const int Network = 0;
    private const int Queue = 0;

    /// <summary>The kernel's last answer.</summary>
    public ArrakisProtocol.Returned? Reply { get; set; }

    /// <summary>Handle of the card.</summary>
    public Handle Card { get; private set; }

    /// <summary>The network, when it is there.</summary>
    public NativeLink? Link { get; private set; }

    private Handle Domain => new(environment.DomainHandle);

    /// <summary>
    /// Sets the domain up and says that it is ready. No socket when the kernel refused something.
    /// </summary>
    public async EmulatedTask<IDatagramSocket?> Run()
    {
        var refused = await AllocateMemory() ?? await CreateCard()
            ?? await AddFilters() ?? await SetRates();

        if (refused is not null)
        {
            environment.Readiness.Failed(environment.Address, refused);
            return null;
        }

        await context.SyncBeforeSend();
        Link!.Driver.Initialize();
        await context.Sync();
        Reply = null;
        environment.Readiness.Counts(Link.Stack.Counters);
        environment.Readiness.Ready(environment.Address);
        if (settings.Interface == TenantInterface.Native)
            return new NativeSocket(Link);
        var sockets = new PosixSockets(Link);
        environment.Readiness.Counts(sockets.Counters);
        return new PosixDatagramSocket(
            sockets, (ulong)Frame.AddressOf(settings.ApplicationPage),
            settings.ApplicationPages * Frame.SizeBytes);
    }

    /// <summary>
    /// Asks for frames for virtual memory and for page tables over them that the domain writes
    /// itself. Null when the kernel refuses.
    /// </summary>
    public async EmulatedTask<OwnTablesLayout?> GrantTables(int frames)
    {
        var layout = new OwnTablesLayout(0, OwnTablesLayout.TableCount, frames);
        if (await Call(new Command.AllocateMemory(default, layout.ExtentPages)) is not null)
            return null;
        var extent = Reply!.Handle;
        var refused = await Call(new Command.MapMemory(
            default, extent, Domain, 0, layout.WindowPage, layout.ExtentPages,
            CapabilityRights.Read | CapabilityRights.Write))
            ?? await Call(new Command.LinkTables(
                default, extent, Domain, 0, layout.FirstPage, layout.Tables));
        return refused is null ? layout with { FirstGuestFrame = Reply!.Value } : null;
    }

    private async EmulatedTask<string?> AllocateMemory() =>
        await Call(new Command.AllocateMemory(default, settings.Pages))
        ?? await Call(new Command.MapMemory(
            default, Reply!.Handle, Domain, 0, settings.Layout.FirstPage, settings.Pages,
            CapabilityRights.Read | CapabilityRights.Write));

    private async EmulatedTask<string?> CreateCard()
    {
        var refused = await Call(new Command.CreateCard(default, Domain, Network, 1));
        if (refused is not null)
            return refused;
        var card = new CardValue(Reply!.Value);
        Card = Reply.Handle;
        if (settings.Wait.IsPoll)
        {
            // Nobody will sleep: an interrupt vector is left to others.
            Link = MakeLink(card, QueueDriver.NoVector);
            return null;
        }

        refused = await Call(new Command.AssociateDoorbell(
            default, Card, Queue, DoorbellEvent.PacketArrival));
        if (refused is null)
            Link = MakeLink(card, new DoorbellValue(Reply!.Value).Vector);
        return refused;
    }

    /// <summary>In: what is for the own station. Out: IPv4 from the own address, and ARP.
    /// </summary>
    private async EmulatedTask<string?> AddFilters()
    {
        var received = new FilterSpecification
        {
            Direction = FilterDirection.Receive,
            Level = FilterLevel.Ethernet,
            LocalMac = environment.Mac.Value,
        };
        var sent = received with
        {
            Direction = FilterDirection.Transmit,
            Level = FilterLevel.Ip,
            LocalIp = environment.Ip.Value,
        };
        var sentByArp = received with
        {
            Direction = FilterDirection.Transmit,
            Services = [(ushort)EtherType.Arp],
        };
        return await AddFilter(received) ?? await AddFilter(sent) ?? await AddFilter(sentByArp);
    }

    private async EmulatedTask<string?> AddFilter(FilterSpecification specification) =>
        await Call(new Command.CreateFilter(default, specification))
        ?? await Call(new Command.AssignFilter(default, Reply!.Handle, Card, Queue));

    private async EmulatedTask<string?> SetRates() => settings.RateLimitBitsPerSecond == 0
        ? null
        : await Call(new Command.SetRate(
            default, Card, Queue, FilterDirection.Transmit, settings.RateLimitBitsPerSecond));

    /// <summary>A system call; why it was refused, or null.</summary>
    private async EmulatedTask<string?> Call(Command command)
    {
        await context.SyncBeforeSend();
        context.Owner.Island.Schedule(
            context.ClockPs, environment.Kernel,
            new ArrakisProtocol.ControlCall(context, command), context.Owner);
        await context.AwaitAnswer();
        return Reply!.Refusal == RefusalReason.None
            ? null
            : $"{command.GetType().Name}: {Reply.Refusal}";
    }

    private NativeLink MakeLink(CardValue card, int vector)
    {
        var memory = new DomainMemory(
            context, environment.Costs.Of(DeviceCosts.PciePostedWrite));
        var isNative = settings.Interface == TenantInterface.Native;
        return new NativeLink
        {
            Context = context,
            Memory = memory,
            Driver = new QueueDriver(
                memory, settings.Layout, (ulong)Frame.AddressOf(card.RegisterPage), vector),
            Stack = new NetworkStack(environment.Mac, environment.Ip),
            Wait = settings.Wait,
            Sleep = sleep,
            StackReceive = isNative
                ? ProfileCosts.StackReceiveNative : ProfileCosts.StackReceivePosix,
            StackSend = isNative ? ProfileCosts.StackSendNative : ProfileCosts.StackSendPosix,
            Requests = environment.Requests,
            Function = environment.Requests is null ? "" : FunctionAddress(card),
        };
    }

    /// <summary>The function's address from the tenant's: both are of one machine.</summary>
    private string FunctionAddress(CardValue card)
    {
        var machine = environment.Address[..environment.Address.LastIndexOf('.')];
        return $"{machine}.nic.vf[{card.Function}]";
    }
}
