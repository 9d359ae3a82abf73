using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Composition.ControlPlanes;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Native;
using Disguise.LibOS.Network;
using Disguise.LibOS.Waiting;

namespace Sketch;

/// <summary>
/// A first architecture, to be edited: the kernel gives each tenant a core, memory and a virtual
/// function; the tenant's library drives the function itself and polls.
/// </summary>
public sealed class SketchArchitecture : IArchitecture
{
    /// <summary>The name in experiments and results.</summary>
    public string Name => "sketch";

    /// <summary>What applications can be written against.</summary>
    public IReadOnlyList<TenantInterface> Interfaces { get; } = [TenantInterface.Native];

    /// <summary>Whether a tenant can poll a ring that is mapped into it.</summary>
    public bool CanPoll => true;

    /// <summary>Puts kernel and tenants into a machine.</summary>
    public IKernelView Install(MachinePlan plan)
    {
        var kernel = new ControlPlane(plan, SketchDomain.TryMap);
        foreach (var tenant in plan.Tenants)
            plan.Root.Add(tenant.Name, () => new SketchDomain(plan, tenant, kernel.Actor));
        return kernel;
    }
}

/// <summary>A tenant: one protection domain with the network library and the application.</summary>
internal sealed class SketchDomain : ProgramActor
{
    private const long RegisterPage = 0x100;
    private static readonly QueueLayout Queue = new(0x200, 32, 32);

    private readonly MachinePlan plan;
    private readonly TenantPlan tenant;
    private readonly IslandActorRef kernel;
    private readonly NetworkStack stack;
    private readonly QueueDriver driver;
    private Grant grant = null!;

    public SketchDomain(MachinePlan plan, TenantPlan tenant, IslandActorRef kernel)
        : base(plan, tenant.Account)
    {
        (this.plan, this.tenant, this.kernel) = (plan, tenant, kernel);
        stack = new NetworkStack(tenant.Mac, tenant.Ip);
        driver = new QueueDriver(
            Memory, Queue, (ulong)Frame.AddressOf(RegisterPage), QueueDriver.NoVector);
    }

    /// <summary>What a tenant's memory looks like: rings, buffers, and the registers.</summary>
    public static bool TryMap(Grant grant) =>
        grant.Memory.TryAllocate(Queue.Pages, out var frame)
        && grant.MakeSpace() is { } space
        && grant.Memory.TryMap(
            space, Queue.FirstPage, Frame.AddressOf(frame), Queue.Pages, isWritable: true)
        && grant.TryMapRegisters(space, RegisterPage);

    // A message is a crossing: here the domain asks the kernel for all that it needs.
    protected override void PreStart() => Send(
        kernel, new ControlProtocol.Launch(Me, tenant, stack.Counters), NowPs);

    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case ControlProtocol.Launched { Grant: { } granted }:
                grant = granted;
                grant.Core.SwitchTo(Cpu, grant.Spaces[0], NowPs);
                GoOn();
                break;
            case ControlProtocol.Launched:
                Context.Stop(Self);
                break;
            case ControlProtocol.Revoked:
                driver.Close();
                Cpu.EndPollEarly();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override async EmulatedTask Run()
    {
        // A register is written at the context's own clock, so first the island has to reach it.
        await Cpu.SyncBeforeSend();
        driver.Initialize();
        plan.Readiness.Ready(tenant.Address);
        var socket = new NativeSocket(new NativeLink
        {
            Context = Cpu,
            Memory = Memory,
            Driver = driver,
            Stack = stack,
            Wait = WaitPolicy.Poll,
            Sleep = NoDoorbell.Instance,
            StackReceive = ProfileCosts.StackReceiveNative,
            StackSend = ProfileCosts.StackSendNative,
            Requests = plan.Requests,
            Function = grant.FunctionAddress,
        });
        await tenant.Settings.Application.Run(new ApplicationHost(Cpu, Memory, socket));
    }
}
