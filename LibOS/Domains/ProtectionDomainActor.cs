using Disguise.Actors.Crossings;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Domains;

/// <summary>
/// A protection domain of an Arrakis container: a library OS with its application, on one context.
/// What comes in are interrupts, answers and upcalls; what the program does in between is plain
/// code of one address space. A failure of the program is a crash of the domain.
/// </summary>
public sealed class ProtectionDomainActor : TenantActor, IDoorbellSleep
{
    private readonly DomainSetUp setUp;
    private ArrakisProtocol.WaitForDoorbell? wait;

    /// <summary>Makes the domain.</summary>
    public ProtectionDomainActor(DomainEnvironment environment, TenantSettings settings)
        : base(environment, settings) =>
        setUp = new DomainSetUp(environment, settings, CpuContext, this);

    /// <summary>The network of the domain, for inspection; null before it is set up.</summary>
    public Native.NativeLink? Network => setUp.Link;

    /// <inheritdoc/>
    protected override void AskToStart() =>
        Send(Environment.Kernel, new ArrakisProtocol.StartContext(CpuContext), NowPs);

    /// <inheritdoc/>
    protected override bool IsOfTheEnd(object message) => message is NotSetUp;

    /// <inheritdoc/>
    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case CoreProtocol.VirtualInterrupt:
                CpuContext.Wake(NowPs);
                break;
            case ArrakisProtocol.Returned returned:
                setUp.Reply = returned;
                CpuContext.Answer();
                break;
            case ArrakisProtocol.Dispatched:
                TryBegin();
                break;
            case ArrakisProtocol.CardRevoked:
                if (setUp.Card.Value == (ulong)Word)
                    Close(setUp.Link);
                break;
            case NotSetUp:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    void IDoorbellSleep.BeforeBlock()
    {
        if (Environment.OwnsItsCore)
            return;
        wait ??= new ArrakisProtocol.WaitForDoorbell(CpuContext);
        Send(Environment.Kernel, wait, CpuContext.ClockPs);
    }

    /// <inheritdoc/>
    protected override async EmulatedTask Run()
    {
        var socket = await setUp.Run();
        if (socket is not null)
        {
            var memory = setUp.Link!.Memory;
            var pages = new ApplicationMemory(
                CpuContext,
                new DomainMemoryPort(CpuContext, memory, setUp.GrantTables, WaitForStore));
            await Settings.Application.Run(new ApplicationHost(
                CpuContext, memory, socket, pages, new OperationLog(Environment)));
        }

        await CpuContext.SyncBeforeSend();
        Send(Environment.Kernel, new ArrakisProtocol.Exit(CpuContext), CpuContext.ClockPs);
        if (socket is null)
            Send(Me, NotSetUp.Instance, CpuContext.ClockPs);
    }

    /// <summary>
    /// The set-up was refused and its context has exited: the domain ends, and what it was granted
    /// until then goes back.
    /// </summary>
    private sealed record NotSetUp : IInternalMessage
    {
        public static NotSetUp Instance { get; } = new();
    }
}
