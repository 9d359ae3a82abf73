using Akka.Actor;
using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Exokernel.Environments;

namespace Disguise.Kernels.Exokernel;

/// <summary>
/// The Exokernel: it protects and multiplexes, and knows no abstraction (Engler et al., SOSP 1995).
/// A call is served at the caller's time on the caller's core; two cores may be in the kernel at
/// once.
/// </summary>
internal sealed class ExokernelActor : EmulatedActor
{
    private readonly Machine machine;
    private readonly Nic nic;
    private readonly ExokernelOptions options;
    private readonly ExokernelKernel kernel;
    private readonly bool checksOrders;
    private KernelState state = null!;

    public ExokernelActor(
        Machine machine, Nic nic, ExokernelOptions options, ExokernelKernel kernel)
    {
        this.machine = machine;
        this.nic = nic;
        this.options = options;
        this.kernel = kernel;
        checksOrders = machine.Guards.IsOn(EnvironmentGuards.Orders);
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        state = new KernelState(machine, nic, options, Me)
        {
            Watch = actor => Context.Watch(actor),
        };
        kernel.Booted(state);
        foreach (var core in machine.Cores)
            Send(core.Actor, new KernelAttached(Me), NowPs);
        Send(nic.Device, new KernelAttached(Me), NowPs);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (IsRefusedOrder(message))
        {
            kernel.RecordRefusedOrder();
            return;
        }

        switch (message)
        {
            case CoreProtocol.KernelInterrupt:
                TakeInterrupt((int)CoreProtocol.KernelInterrupt.EventOf(Word));
                break;
            case CoreProtocol.TimerInterrupt:
                state.Processor.Expire((int)Word);
                break;
            case CrossingMessage crossing when crossing.Kind == CrossingKind.SystemCall:
                if (state.Environments.ByActor(Island.From) is { } caller)
                    TakeCall(caller, message);
                else
                    kernel.RecordStray();
                break;
            case ExokernelProtocol.PageFaultException or ExokernelProtocol.ProgramException:
                if (state.Environments.ByActor(Island.From) is { } faulting)
                    state.Exceptions.Take(
                        faulting, message is ExokernelProtocol.PageFaultException);
                else
                    kernel.RecordStray();
                break;
            case ExokernelProtocol.DeferredCall:
                if (state.Environments.ByNumber((int)Word) is { } waiting)
                {
                    state.Exceptions.TakeDeferred(waiting);
                    state.Calls.TakeDeferred(waiting);
                    state.Processor.TakeDeferredTransfer(waiting);
                }

                break;
            case ExokernelProtocol.SectionDue:
                if (state.Environments.ByNumber((int)Word) is { } inside)
                    state.Sections.Pass(inside);
                break;
            case ExokernelProtocol.WordWritten:
                state.Sleepers.Looked();
                state.Processor.LookAgain();
                break;
            case ExokernelProtocol.StartEnvironment start:
                var actor = (IslandActorRef)Sender;
                Context.Watch(actor);
                state.Lives.Start(start, actor);
                break;
            case ExokernelProtocol.EndEnvironment:
                End((int)Word);
                break;
            case Terminated ended:
                End(((IslandActorRef)ended.ActorRef).Ordinal);
                break;
            case ExokernelProtocol.Revoke revoke:
                state.Revocations.Begin(revoke.Order);
                break;
            case ExokernelProtocol.FrameCopied:
                state.Network.Card!.Deliver((int)Word);
                break;
            case ExokernelProtocol.ReceiveGoesOn:
                state.Network.Card!.GoOn((int)Word);
                break;
            case ExokernelProtocol.TransmitDue:
                if (state.Environments.ByNumber((int)Word) is { } paced)
                    state.Network.Card!.TransmitDue(paced);
                break;
            case ExokernelProtocol.RevocationDue:
                state.Revocations.Pass(Word);
                break;
            case IommuFaultReport report:
                // Taking it makes room in the log for the next.
                machine.Iommu.Faults.TryTake(out _);
                kernel.RecordFault(report.Fault);
                break;
            case PhysicalFunctionProtocol.Installed or PhysicalFunctionProtocol.Refused:
                // A function may be gone when the device comes to its filter.
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>
    /// An environment says what is no system call or exception (guard <c>exokernel-orders</c>).
    /// </summary>
    private bool IsRefusedOrder(object message) =>
        message is CrossingMessage crossing && crossing.Kind != CrossingKind.SystemCall
        && crossing.Kind != CrossingKind.Exception
        && checksOrders && state.Environments.IsEnvironment(Island.From);

    private void TakeCall(EnvironmentRecord caller, object message)
    {
        switch (message)
        {
            case ExokernelProtocol.Call call:
                state.Calls.Take(caller, call.Request);
                break;
            case ExokernelProtocol.Sleep:
                state.Processor.Sleep(caller);
                break;
            case ExokernelProtocol.Transfer or ExokernelProtocol.TransferBack:
                state.Processor.Transfer(caller, message, (int)Word);
                break;
            case ExokernelProtocol.SleepFor sleep:
                state.Processor.SleepFor(caller, sleep);
                break;
            case ExokernelProtocol.Yield:
                state.Processor.Yield(caller, (int)Word);
                break;
            case ExokernelProtocol.Saved:
                state.Processor.Saved(caller);
                break;
            case MemoryProtocol.WithdrawPages withdrawn:
                state.MemoryRevocations.Withdraw(caller, withdrawn.Pages);
                break;
            case MemoryProtocol.ReturnFrames returned:
                state.MemoryRevocations.Return(caller, returned.Frames);
                break;
            case ExokernelProtocol.GiveBack given:
                state.Revocations.GiveBack(caller, given);
                break;
            case ExokernelProtocol.Exit:
                state.Lives.End(caller, state.Work.Enter(caller.Core, NowPs));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void TakeInterrupt(int environment)
    {
        if (environment >= options.EnvironmentLimit)
            state.Network.Card!.TakeInterrupt(environment - options.EnvironmentLimit);
        else if (state.Environments.ByNumber(environment) is { Network: not null } bound)
            state.Processor.Ring(bound);
    }

    private void End(int actor)
    {
        if (state.Environments.ByActor(actor) is { } environment)
            state.Lives.End(environment, NowPs);
    }
}
