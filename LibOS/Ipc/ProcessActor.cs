using Disguise.Actors.Execution;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Memory;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.Ipc;

/// <summary>
/// A process on a microkernel: an application over a library that turns its calls into messages to
/// the network server, and faults and calls about memory to the pager where it has one. It holds
/// the capabilities to call them and nothing else.
/// </summary>
public sealed class ProcessActor : UserDomainActor
{
    private readonly DomainEnvironment environment;
    private readonly IApplication application;
    private readonly Handle server;
    private readonly Handle? pager;

    /// <summary>Makes the process.</summary>
    public ProcessActor(
        DomainEnvironment environment, IApplication application, BootInformation boot)
        : base(
            environment.Kernel, 1, environment.Costs, environment.Account,
            environment.Requests)
    {
        this.environment = environment;
        this.application = application;
        server = boot.Links[0];
        pager = boot.Links.Count > 1 ? boot.Links[1] : null;
    }

    /// <summary>Pages of memory that a process has: the application's buffer.</summary>
    public static int Pages => 1;

    /// <inheritdoc/>
    protected override void OnCrash(string reason) =>
        environment.Readiness.Crashed(environment.Address, reason, NowPs);

    /// <inheritdoc/>
    protected override async EmulatedTask Run(UserThread thread)
    {
        thread.Registers.Begin(ServerLabels.Open);
        var called = await thread.Call(server);
        if (called != KernelResult.Done || thread.Registers[0] != (ulong)ServerStatus.Done)
        {
            environment.Readiness.Failed(
                environment.Address, $"the network server does not answer: {called}");
            return;
        }

        var memory = new DomainMemory(
            thread.Context, environment.Costs.Of(DeviceCosts.PciePostedWrite));
        var socket = new ServerSocket(
            thread, server, environment.Ip, (ulong)Frame.AddressOf(DomainPages.FirstFreePage),
            Pages * Frame.SizeBytes, environment.Requests);
        environment.Readiness.Ready(environment.Address);
        var pages = pager is { } known
            ? new ApplicationMemory(thread.Context, new PagerPort(thread, known)) : null;
        await application.Run(new ApplicationHost(
            thread.Context, memory, socket, pages, new OperationLog(environment)));
    }
}
