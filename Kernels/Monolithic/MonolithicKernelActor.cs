using Akka.Actor;
using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.Softirq;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Monolithic;

/// <summary>
/// The monolithic kernel: drivers, network stack, sockets and scheduler in one address space. A
/// call is handled at the caller's time on the caller's core, an interrupt on the core that took
/// it; two cores may be in the kernel at once, and only locks serialise them.
/// </summary>
internal sealed class MonolithicKernelActor : EmulatedActor
{
    private readonly Machine machine;
    private readonly Nic nic;
    private readonly MonolithicOptions options;
    private readonly MonolithicKernel kernel;
    private KernelServices services = null!;

    public MonolithicKernelActor(
        Machine machine, Nic nic, MonolithicOptions options, MonolithicKernel kernel)
    {
        this.machine = machine;
        this.nic = nic;
        this.options = options;
        this.kernel = kernel;
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        TableRefill.Install(machine);
        services = new KernelServices(machine, Me, nic, options)
        {
            Watch = actor => Context.Watch(actor),
        };
        services.Device.Initialize();
        MakeThreads();
        kernel.Booted(services);
        foreach (var core in machine.Cores)
            Send(core.Actor, new KernelAttached(Me), NowPs);
        Send(nic.Device, new KernelAttached(Me), NowPs);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case MonolithicProtocol.TaskStep:
                GoOn(Word);
                break;
            case MonolithicProtocol.SoftirqStep:
                services.Scheduler.Cores[(int)Word].Softirq.Step();
                break;
            case MonolithicProtocol.SystemCall call:
                TakeCall(call);
                break;
            case MonolithicProtocol.PageFaultException fault:
                TakeFault(fault);
                break;
            case MonolithicProtocol.ProgramException raised:
                TakeException(raised);
                break;
            case CoreProtocol.KernelInterrupt:
                services.Scheduler.Cores[CoreProtocol.KernelInterrupt.CoreOf(Word)]
                    .Softirq.TakeInterrupt();
                break;
            case MonolithicProtocol.Reschedule:
                services.Scheduler.Reschedule(services.Scheduler.Cores[(int)Word]);
                break;
            case CoreProtocol.TimerInterrupt:
                TakeTimer((int)Word);
                break;
            case MonolithicProtocol.WaitExpired:
                EventPollCalls.Expire(services, Word);
                break;
            case MonolithicProtocol.PagesTransferred:
                services.Faults.Transferred(Word);
                break;
            case MonolithicProtocol.StartProcess start:
                Start(start);
                break;
            case MonolithicProtocol.EndProcess:
                if (services.Processes.ByActor((int)Word) is { } killed)
                    services.Lives.End(killed);
                break;
            case MonolithicProtocol.RevokeNetwork revoke:
                services.Lives.RevokeNetwork(revoke.Address);
                break;
            case Terminated ended:
                if (services.Processes.ByActor(((IslandActorRef)ended.ActorRef).Ordinal)
                    is { } process)
                {
                    services.Lives.End(process);
                }

                break;
            case IommuFaultReport report:
                machine.Iommu.Faults.TryTake(out _);
                kernel.RecordFault(report.Fault);
                break;
            case PhysicalFunctionProtocol.Installed or PhysicalFunctionProtocol.Refused:
                // Frames for which no filter is left come to another queue.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void MakeThreads()
    {
        foreach (var core in services.Scheduler.Cores)
        {
            var queues = services.Network.Queues;
            var softirq = new SoftirqMachine(
                services, core, queues[core.Number % queues.Length]);
            var context = new CpuContext(Me, core.Number, machine.Costs, machine.KernelAccount)
            {
                Observer = machine.Requests,
            };
            var thread = new SoftirqThread(
                services.Processes.NextTask, context, core.Number, softirq);
            services.Processes.Add(thread);
            softirq.Thread = thread;
            core.Softirq = softirq;
        }
    }

    private void GoOn(long word)
    {
        if (services.Processes.FindTask((int)(word >> 32)) is { } task
            && task.Generation == (int)word)
        {
            services.Scheduler.Proceed(task);
        }
    }

    private void TakeCall(MonolithicProtocol.SystemCall call)
    {
        var process = services.Processes.ByActor(Island.From);
        if (process is null || !ReferenceEquals(process.Task.Context, call.Context)
            || !process.Task.TryEnter(call))
        {
            kernel.RecordStray();
            return;
        }

        services.Scheduler.Proceed(process.Task);
    }

    private void TakeFault(MonolithicProtocol.PageFaultException fault)
    {
        var process = services.Processes.ByActor(Island.From);
        if (process is null || !ReferenceEquals(process.Task.Context, fault.Context)
            || !process.Task.TryEnter(fault))
        {
            kernel.RecordStray();
            return;
        }

        services.Scheduler.Proceed(process.Task);
    }

    private void TakeException(MonolithicProtocol.ProgramException raised)
    {
        var process = services.Processes.ByActor(Island.From);
        if (process is null || !ReferenceEquals(process.Task.Context, raised.Context)
            || !process.Task.TryEnter((ProgramExceptionKind)Word))
        {
            kernel.RecordStray();
            return;
        }

        services.Scheduler.Proceed(process.Task);
    }

    private void TakeTimer(int number)
    {
        var core = services.Scheduler.Cores[number];
        core.Timer.Expired();
        if (core.Timer.SliceEndPs <= NowPs)
            services.Scheduler.EndSlice(core);
        if (core.Timer.TransmitPs <= NowPs)
        {
            core.Timer.SetTransmit(Actors.Time.Picoseconds.Never, NowPs);
            core.Softirq.Raise();
        }
        else
        {
            core.Timer.Rearm(NowPs);
        }
    }

    private void Start(MonolithicProtocol.StartProcess start)
    {
        var actor = (IslandActorRef)Sender;
        Context.Watch(actor);
        services.Lives.Start(start, actor);
    }
}
