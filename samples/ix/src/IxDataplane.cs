using Akka.Actor;

namespace Ix;

/// <summary>
/// The dataplane of one tenant, in ring 0 of the tenant's core. It takes the packets that are
/// there, 64 at most, runs the stack on them, hands the application their event conditions, and
/// takes its batched system calls when the application is done with all of them (IX sections 3
/// and 4.1). Packets stay where the device put them.
/// </summary>
internal sealed class IxDataplane : EmulatedActor
{
    private readonly MachinePlan plan;
    private readonly TenantPlan tenant;
    private readonly IxKernel kernel;
    private readonly CpuContext context;
    private readonly DomainMemory memory;
    private readonly INetworkStack stack;
    private readonly Packet?[] held = new Packet?[IxGrant.Layout.BufferCount];
    private IxGrant grant = null!;
    private PolledQueue queue = null!;
    private IslandActorRef process = null!;
    private EmulatedTask program;
    private long calls;

    public IxDataplane(MachinePlan plan, TenantPlan tenant, IxKernel kernel)
    {
        (this.plan, this.tenant, this.kernel) = (plan, tenant, kernel);
        var costs = plan.Board.Costs;
        context = new CpuContext(Me, 0, costs, kernel.PlaneAccount) { Observer = plan.Requests };
        memory = new DomainMemory(context, costs.Of(DeviceCosts.PciePostedWrite));
        stack = NetworkLibrary.Instance.MakeStack(tenant.Mac, tenant.Ip);
    }

    private INetworkDriver Driver => queue.Driver;

    protected override void PreStart() => Send(
        kernel.Actor, new IxSignal.Launch(Me, tenant, stack.Counters), NowPs);

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ContextResume:
                context.Resume(Word);
                break;
            case IxSignal.RunIo:
                calls = Word;
                grant.Core.SwitchTo(context, grant.Plane, NowPs);
                context.Answer();
                break;
            case IxSignal.Launched { Grant: null }:
                Context.Stop(Self);
                break;
            case IxSignal.Launched { Grant: { } granted }:
                Begin(granted);
                grant.Core.SwitchTo(context, grant.Plane, NowPs);
                program = Run();
                break;
            case IxSignal.Revoked:
                Driver.Close();
                context.EndPollEarly();
                break;
            case Terminated:
                Send(kernel.Actor, new IxSignal.Ended(), NowPs, grant.Number);
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }

        if (program.IsCompleted)
            program.GetResult();
    }

    private void Begin(IxGrant granted)
    {
        grant = granted;
        var driver = NetworkLibrary.Instance.MakeDriver(
            memory, IxGrant.Layout, (ulong)Frame.AddressOf(IxGrant.RegisterPage), 0, -1);
        queue = new PolledQueue(
            context, driver, plan.Requests, $"{plan.Nic.Address}.vf[{grant.Function}]");
        process = Spawn("process", () => new IxProcess(plan, grant, Me));
        Context.Watch(process);
    }

    private async EmulatedTask Run()
    {
        await context.SyncBeforeSend();
        Driver.Initialize();
        plan.Readiness.Ready(tenant.Address);
        for (var events = 0L; ; events = calls < 0 ? 0 : await Receive())
        {
            await context.SyncBeforeSend();
            Send(process, new IxSignal.EventConditions(), context.ClockPs, events);
            await context.AwaitAnswer();
            context.Charge(HardwareCosts.Trap);
            for (var index = 0; index < Math.Abs(calls); index++)
                await Serve(index);
            await queue.TellDevice();
        }
    }

    /// <summary>Waits for packets that the application is to see; how many, or closed.</summary>
    private async EmulatedTask<long> Receive()
    {
        var count = 0;
        while (count == 0 && !Driver.IsClosed)
        {
            await queue.WaitForPackets();
            while (count < IxEntry.BatchLimit && !Driver.IsClosed && Driver.HasPacket)
                count += Take(count);
        }

        return count == 0 ? IxSignal.Closed : count;
    }

    /// <summary>Takes a packet; 1 where it became an event condition, else 0.</summary>
    private int Take(int index)
    {
        var packet = queue.Take();
        context.Charge(ProfileCosts.StackReceiveNative);
        var frame = new BufferedFrame(memory, Driver.AddressOf(packet), packet);
        var reception = stack.Receive(frame, Driver, context.ClockPs);
        if (reception.Kind != ReceptionKind.Datagram)
        {
            Driver.Done(packet);
            return 0;
        }

        stack.Learn(reception.Endpoints);
        held[packet.Buffer] = packet;
        var ends = reception.Endpoints;
        memory.Write(IxEntry.EventAt(index), new IxEntry(
            Driver.AddressOf(packet) + (ulong)reception.PayloadOffsetBytes,
            reception.PayloadBytes, packet.Buffer, ends.Hosts.Source.Value, ends.SourcePort,
            ends.DestinationPort, default, default));
        plan.Requests?.RequestQueued(context, grant.TokenOf(packet.Buffer), context.ClockPs);
        return 1;
    }

    /// <summary>Carries a batched call out; the application reads there what came of it.
    /// </summary>
    private async EmulatedTask Serve(int index)
    {
        var call = memory.Read<IxEntry>(IxEntry.CallAt(index));
        if (call.Call == IxCall.Send)
            await queue.WaitForRoom();
        plan.Requests?.RequestTaken(context, grant.TokenOf(call.Buffer), context.ClockPs);
        var status = call.Call == IxCall.Bind
            ? (IxStatus)stack.Bind(call.LocalPort, 0, out _)
            : call.Buffer >= held.Length || held[call.Buffer] is not { } packet
                ? IxStatus.BadPointer
                : call.Call == IxCall.Send ? TrySend(call, packet) : GiveUp(packet, IxStatus.Done);
        if (status != IxStatus.Done)
            memory.Write(IxEntry.CallAt(index), call with { Status = status });
    }

    private IxStatus TrySend(in IxEntry call, in Packet packet)
    {
        Span<byte> head = stackalloc byte[UdpHeaders.LengthBytes];
        var offset = call.Address - Driver.AddressOf(packet with { OffsetBytes = 0 });
        if (offset < (ulong)head.Length || offset > QueueLayout.BufferBytes
            || (uint)call.LengthBytes > FrameBuilder.MaximumPayloadBytes
            || (uint)call.LengthBytes > QueueLayout.BufferBytes - offset)
            return IxStatus.BadPointer;
        var peer = new Ipv4Address(call.PeerIp);
        context.Charge(ProfileCosts.StackSendNative);
        if (Driver.IsClosed || !stack.TryResolve(peer, Driver, out var mac))
            return GiveUp(packet, IxStatus.Unreachable);
        var hosts = new Ipv4Endpoints(stack.Mac, mac, stack.Ip, peer);
        stack.WriteUdpHeaders(
            head, new UdpEndpoints(hosts, call.LocalPort, call.PeerPort), call.LengthBytes);
        var sent = new Packet(
            packet.Buffer, (int)offset - head.Length, head.Length + call.LengthBytes,
            NeedsChecksums: true);
        memory.Write(Driver.AddressOf(sent), head);
        queue.Post(sent);
        held[packet.Buffer] = null;
        return IxStatus.Done;
    }

    private IxStatus GiveUp(in Packet packet, IxStatus status)
    {
        held[packet.Buffer] = null;
        Driver.Done(packet);
        return status;
    }
}
