using Akka.Actor;

namespace Ix;

/// <summary>
/// The dataplane of one tenant, in ring 0 of the tenant's core. It takes the packets that are
/// there, 64 at most, runs the stack on them, hands the application their event conditions, and
/// takes its batched system calls when the application is done with all of them (IX sections 3
/// and 4.1). Packets stay where the device put them.
/// </summary>
internal sealed class IxDataplane : ProgramActor
{
    private readonly MachinePlan plan;
    private readonly TenantPlan tenant;
    private readonly IslandActorRef kernel;
    private readonly INetworkStack stack;
    private readonly Packet?[] held = new Packet?[IxMemory.Queue.BufferCount];
    private Grant grant = null!;
    private PolledQueue queue = null!;
    private IslandActorRef process = null!;
    private long calls;

    public IxDataplane(
        MachinePlan plan, TenantPlan tenant, IslandActorRef kernel, LedgerAccount account)
        : base(plan, account)
    {
        (this.plan, this.tenant, this.kernel) = (plan, tenant, kernel);
        stack = NetworkLibrary.Instance.MakeStack(tenant.Mac, tenant.Ip);
    }

    private INetworkDriver Driver => queue.Driver;

    protected override void PreStart() => Send(
        kernel, new ControlProtocol.Launch(Me, tenant, stack.Counters), NowPs);

    protected override void OnMessage(object message)
    {
        switch (message)
        {
            case IxSignal:
                calls = Word;
                Enter();
                break;
            case ControlProtocol.Launched { Grant: { } granted }:
                Take(granted);
                Enter();
                break;
            case ControlProtocol.Launched:
            case Terminated:
                Context.Stop(Self);
                break;
            case ControlProtocol.Revoked:
                Driver.Close();
                Cpu.EndPollEarly();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override async EmulatedTask Run()
    {
        await Cpu.SyncBeforeSend();
        Driver.Initialize();
        plan.Readiness.Ready(tenant.Address);
        for (var events = 0L; ; events = calls < 0 ? 0 : await Receive())
        {
            await Cpu.SyncBeforeSend();
            Send(process, IxSignal.Events, Cpu.ClockPs, events);
            await Cpu.AwaitAnswer();
            Cpu.Charge(HardwareCosts.Trap);
            for (var index = 0; index < Math.Abs(calls); index++)
                await Serve(index);
            await queue.TellDevice();
        }
    }

    private void Take(Grant granted)
    {
        grant = granted;
        var driver = NetworkLibrary.Instance.MakeDriver(
            Memory, IxMemory.Queue, IxMemory.Registers, 0, QueueDriver.NoVector);
        queue = new PolledQueue(Cpu, Memory, driver, plan.Requests, grant.FunctionAddress);
        process = Spawn("process", () => new IxProcess(plan, grant, Me));
        Context.Watch(process);
    }

    private void Enter()
    {
        grant.Core.SwitchTo(Cpu, IxMemory.PlaneOf(grant), NowPs);
        GoOn();
    }

    /// <summary>Waits for packets that the application is to see; how many, or closed.</summary>
    private async EmulatedTask<long> Receive()
    {
        var count = 0;
        while (count == 0 && !Driver.IsClosed)
        {
            await queue.WaitForPackets();
            while (count < IxMemory.BatchLimit && !Driver.IsClosed && Driver.HasPacket)
                count += ReceiveOne(IxMemory.EventAt(count)) ? 1 : 0;
        }

        return count == 0 ? IxSignal.Closed : count;
    }

    /// <summary>Takes a packet; whether it became an event condition.</summary>
    private bool ReceiveOne(ulong conditionAddress)
    {
        Cpu.Charge(ProfileCosts.StackReceiveNative);
        var reception = queue.Receive(stack, out var packet);
        if (reception.Kind != ReceptionKind.Datagram)
            return false;
        var ends = reception.Endpoints;
        stack.Learn(ends);
        held[packet.Buffer] = packet;
        Memory.Write(conditionAddress, new IxEntry(
            Driver.AddressOf(packet) + (ulong)reception.PayloadOffsetBytes,
            reception.PayloadBytes, packet.Buffer, ends.Hosts.Source.Value, ends.SourcePort,
            ends.DestinationPort, default, default));
        plan.Requests?.RequestQueued(Cpu, grant.TokenOf(packet.Buffer), Cpu.ClockPs);
        return true;
    }

    /// <summary>Carries a batched call out; the application reads there what came of it.
    /// </summary>
    private async EmulatedTask Serve(int index)
    {
        var call = Memory.Read<IxEntry>(IxMemory.CallAt(index));
        if (call.Call == IxCall.Send)
            await queue.WaitForRoom();
        plan.Requests?.RequestTaken(Cpu, grant.TokenOf(call.Buffer), Cpu.ClockPs);
        var status = CarryOut(call);
        if (status != IxStatus.Done)
            Memory.Write(IxMemory.CallAt(index), call with { Status = status });
    }

    private IxStatus CarryOut(in IxEntry call)
    {
        if (call.Call == IxCall.Bind)
            return (IxStatus)stack.Bind(call.LocalPort, 0, out _);
        if (call.Buffer >= held.Length || held[call.Buffer] is not { } packet)
            return IxStatus.BadPointer;
        if (call.Call == IxCall.Send && !queue.Holds(packet, call.Address, call.LengthBytes))
            return IxStatus.BadPointer;
        held[call.Buffer] = null;
        if (call.Call == IxCall.Send && TrySend(call, packet))
            return IxStatus.Done;
        Driver.Done(packet);
        return call.Call == IxCall.Done ? IxStatus.Done : IxStatus.Unreachable;
    }

    private bool TrySend(in IxEntry call, in Packet packet)
    {
        var peer = new Ipv4Address(call.PeerIp);
        Cpu.Charge(ProfileCosts.StackSendNative);
        if (Driver.IsClosed || !stack.TryResolve(peer, Driver, out var mac))
            return false;
        var hosts = new Ipv4Endpoints(stack.Mac, mac, stack.Ip, peer);
        queue.PostDatagram(
            stack, packet, new(hosts, call.LocalPort, call.PeerPort), call.Address,
            call.LengthBytes);
        return true;
    }
}
