using System.Runtime.CompilerServices;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// What a thread of the network server does for tenants: their calls, and datagrams for their
/// sockets. Charges what a stack that tenants share must do and a private one need not; locks are
/// not among it, since one thread serves a tenant.
/// </summary>
internal sealed class NetworkCalls(
    NetworkServerActor server, UserThread thread, IExecution execution, NetworkThread owner,
    IRequestObserver? requests)
{
    /// <summary>Most packets that wait for their tenants' shares of the wire.</summary>
    private const int HeldLimit = 256;

    private const int HeadBytes = 64;

    private readonly List<Held> held = [];
    private readonly Queue<(ulong Label, MacAddress Mac)> stationOrders = new();

    /// <summary>When a packet that was held back may go; 0 where none was.</summary>
    public long NextReleasePs { get; private set; }

    /// <summary>Serves the call that is in the registers.</summary>
    public void Serve(ServerTenant? tenant)
    {
        var registers = thread.Registers;
        var to = registers.ReplyHandle;
        if (tenant is null)
        {
            owner.Answer(new ServerAnswer { To = to, Status = ServerStatus.BadArgument });
            return;
        }

        if (owner.IsDriverGone)
        {
            owner.Answer(new ServerAnswer { To = to, Status = ServerStatus.Gone });
            return;
        }

        switch (registers.Label)
        {
            case ServerLabels.Open:
                Open(tenant);
                owner.Answer(new ServerAnswer { To = to });
                break;
            case ServerLabels.Bind:
                Bind(tenant, to);
                break;
            case ServerLabels.Receive:
                Wait(tenant, to);
                break;
            case ServerLabels.Send:
                Send(tenant, to);
                break;
            default:
                owner.Answer(new ServerAnswer { To = to, Status = ServerStatus.BadArgument });
                break;
        }
    }

    /// <summary>What the driver is to be told of stations, one after the other.</summary>
    public bool TakeStationOrder(out ulong label, out MacAddress mac)
    {
        var isThere = stationOrders.TryDequeue(out var order) && !owner.IsDriverGone;
        (label, mac) = order;
        return isThere;
    }

    /// <summary>A packet for a tenant: through its stack, and to a socket.</summary>
    public void Receive(ServerTenant tenant, int queue, in Packet packet, bool ownsBuffer)
    {
        thread.Context.Charge(ProfileCosts.StackReceivePosix);
        var frame = new BufferedFrame(
            execution,
            server.AddressOf(queue, packet.Buffer) + (ulong)packet.OffsetBytes, packet);
        var reception = tenant.Stack.Receive(frame, owner, thread.Context.ClockPs);
        if (!ownsBuffer)
            return;
        if (reception.Kind != ReceptionKind.Datagram)
        {
            server.Release(queue, packet.Buffer);
            return;
        }

        var socket = tenant.Sockets[reception.Owner];
        var datagram = new ServerSocket.Kept(queue, packet, reception);
        thread.Context.Charge(SharedStackCosts.ReceiveBufferAccounting);
        tenant.Counters.CountReceived();
        if (socket.Waiter != Handle.None)
        {
            var to = socket.Waiter;
            socket.Waiter = Handle.None;
            Deliver(socket, to, datagram);
            return;
        }

        if (socket.TryAdd(datagram))
        {
            requests?.RequestQueued(
                thread.Context, RequestTokens.OfBuffer(queue, packet.Buffer),
                thread.Context.ClockPs);
            return;
        }

        tenant.Counters.CountDropped(ServerDrops.SocketFull);
        server.Release(queue, packet.Buffer);
    }

    /// <summary>Packets whose time has come go out.</summary>
    public void ReleaseHeld()
    {
        if (held.Count == 0)
            return;
        var nowPs = thread.Context.ClockPs;
        var kept = 0;
        NextReleasePs = 0;
        for (var index = 0; index < held.Count; index++)
        {
            var one = held[index];
            if (one.AtPs <= nowPs && owner.HasRoom)
            {
                owner.Send(one.Packet);
                owner.Answer(one.Answer);
                continue;
            }

            held[kept++] = one;
            // A packet that is due and finds no room goes after what is sent first.
            var atPs = Math.Max(one.AtPs, nowPs + 1);
            NextReleasePs = NextReleasePs == 0 ? atPs : Math.Min(NextReleasePs, atPs);
        }

        held.RemoveRange(kept, held.Count - kept);
    }

    /// <summary>A tenant has lost its capability or has ended: nothing is kept for it.</summary>
    public void Close(ServerTenant? tenant)
    {
        if (tenant is null || !tenant.IsOpen)
            return;
        stationOrders.Enqueue((ServerLabels.RemoveStation, tenant.Configuration.Mac));
        DropHeldOf(tenant);
        foreach (var socket in tenant.Sockets)
        {
            tenant.Stack.Unbind(socket.Port);
            socket.Waiter = Handle.None;
            while (socket.TryTake(out var datagram))
            {
                tenant.Counters.CountDropped(ServerDrops.NoTenant);
                server.Release(datagram.Queue, datagram.Packet.Buffer);
            }
        }

        tenant.Close();
    }

    /// <summary>The driver of a queue pair has ended: its tenants' threads are told.</summary>
    public void LoseNetwork(int queue)
    {
        foreach (var one in held)
            owner.Answer(one.Answer with { Status = ServerStatus.Gone });
        held.Clear();
        NextReleasePs = 0;
        foreach (var tenant in server.Tenants)
        {
            if (tenant.Thread != queue)
                continue;
            foreach (var socket in tenant.Sockets)
            {
                while (socket.TryTake(out _))
                    tenant.Counters.CountDropped(ServerDrops.ServerGone);
                if (socket.Waiter == Handle.None)
                    continue;
                owner.Answer(new ServerAnswer
                {
                    To = socket.Waiter,
                    Status = ServerStatus.Gone,
                });
                socket.Waiter = Handle.None;
            }
        }
    }

    /// <summary>Once: what a tenant has is not thrown away by its beginning again.</summary>
    private void Open(ServerTenant tenant)
    {
        if (tenant.IsOpen)
            return;
        tenant.Open(thread.Number);
        stationOrders.Enqueue((ServerLabels.AddStation, tenant.Configuration.Mac));
    }

    /// <summary>What waits for its tenant's share of the wire does not go when that is gone.
    /// </summary>
    private void DropHeldOf(ServerTenant tenant)
    {
        for (var index = held.Count - 1; index >= 0; index--)
        {
            if (!ReferenceEquals(held[index].Tenant, tenant))
                continue;
            tenant.Counters.CountReceived();
            tenant.Counters.CountDropped(ServerDrops.NoTenant);
            owner.TakeBack(held[index].Packet.Buffer);
            held.RemoveAt(index);
        }

        if (held.Count == 0)
            NextReleasePs = 0;
    }

    private void Bind(ServerTenant tenant, Handle to)
    {
        var registers = thread.Registers;
        var socket = tenant.Sockets.Count;
        if (registers.WordCount < 2 || registers[0] > ushort.MaxValue
            || (registers[1] != ServerLabels.NoSocket && registers[1] >= (ulong)socket))
        {
            owner.Answer(new ServerAnswer { To = to, Status = ServerStatus.BadArgument });
            return;
        }

        // A socket is made with its port, so that each that there is has one.
        if (registers[1] != ServerLabels.NoSocket)
        {
            owner.Answer(new ServerAnswer
            {
                To = to,
                Second = (ulong)BindResult.AlreadyBound,
                Third = registers[1],
            });
            return;
        }

        if (socket == ServerTenant.SocketLimit)
        {
            owner.Answer(new ServerAnswer { To = to, Status = ServerStatus.NoRoom });
            return;
        }

        var result = tenant.Stack.Bind((ushort)registers[0], socket, out var bound);
        if (result == BindResult.Bound)
            tenant.Sockets.Add(new ServerSocket(tenant) { Port = bound });
        owner.Answer(new ServerAnswer
        {
            To = to,
            Second = (ulong)result,
            Third = (ulong)socket,
        });
    }

    private bool TryFind(ServerTenant tenant, ulong number, out ServerSocket socket)
    {
        var isThere = number < (ulong)tenant.Sockets.Count;
        socket = isThere ? tenant.Sockets[(int)number] : null!;
        return isThere;
    }

    private void Wait(ServerTenant tenant, Handle to)
    {
        thread.Context.Charge(SharedStackCosts.ArgumentCheckReceive);
        if (!TryFind(tenant, thread.Registers[0], out var socket)
            || socket.Waiter != Handle.None)
        {
            owner.Answer(new ServerAnswer { To = to, Status = ServerStatus.BadArgument });
            return;
        }

        if (!socket.TryTake(out var datagram))
        {
            socket.Waiter = to;
            return;
        }

        requests?.RequestTaken(
            thread.Context, RequestTokens.OfBuffer(datagram.Queue, datagram.Packet.Buffer),
            thread.Context.ClockPs);
        Deliver(socket, to, datagram);
    }

    private void Deliver(ServerSocket socket, Handle to, in ServerSocket.Kept datagram)
    {
        var endpoints = datagram.Reception.Endpoints;
        socket.Tenant.Stack.Learn(endpoints);
        socket.Tenant.Counters.CountSent();
        owner.Answer(new ServerAnswer
        {
            To = to,
            Second = endpoints.Hosts.Source.Value,
            Third = ((ulong)endpoints.SourcePort << 16) | endpoints.DestinationPort,
            Fourth = (ulong)datagram.Reception.PayloadBytes,
            PayloadAddress = server.AddressOf(datagram.Queue, datagram.Packet.Buffer)
                + (ulong)(datagram.Packet.OffsetBytes + datagram.Reception.PayloadOffsetBytes),
            PayloadBytes = datagram.Reception.PayloadBytes,
            Process = socket.Tenant.Configuration.Ip,
            BufferPlusOne = datagram.Packet.Buffer + 1,
            Queue = datagram.Queue,
        });
    }

    [SkipLocalsInit]
    private void Send(ServerTenant tenant, Handle to)
    {
        var registers = thread.Registers;
        requests?.RequestTaken(
            thread.Context, RequestTokens.FromProcess(tenant.Configuration.Ip),
            thread.Context.ClockPs);
        thread.Context.Charge(SharedStackCosts.ArgumentCheckSend);
        if (!TryFind(tenant, registers[0], out var socket) || registers.WordCount < 3
            || registers[1] > uint.MaxValue || registers[2] > ushort.MaxValue
            || registers.ReceivedBytes > FrameBuilder.MaximumPayloadBytes)
        {
            owner.Answer(new ServerAnswer { To = to, Status = ServerStatus.BadArgument });
            return;
        }

        thread.Context.Charge(SharedStackCosts.SendBufferAccounting);
        thread.Context.Charge(ProfileCosts.StackSendPosix);
        var payloadBytes = registers.ReceivedBytes;
        if (!owner.CanSend || held.Count == HeldLimit)
        {
            owner.Answer(new ServerAnswer { To = to, Status = ServerStatus.NoRoom });
            return;
        }

        // The payload is in the buffer that is next already; a question by ARP takes another.
        var buffer = owner.TakeWindow();
        var ip = new Ipv4Address((uint)registers[1]);
        if (!tenant.Stack.TryResolve(ip, owner, out var mac))
        {
            owner.TakeBack(buffer);
            owner.Answer(new ServerAnswer { To = to, Status = ServerStatus.Unresolved });
            return;
        }

        var configuration = tenant.Configuration;
        var endpoints = new UdpEndpoints(
            new Ipv4Endpoints(configuration.Mac, mac, configuration.Ip, ip), socket.Port,
            (ushort)registers[2]);
        Span<byte> head = stackalloc byte[HeadBytes];
        var headBytes = tenant.Stack.WriteUdpHeaders(head, endpoints, payloadBytes);
        var offset = NetworkThread.WindowOffsetBytes - headBytes;
        execution.Write(
            server.AddressOf(thread.Number, buffer) + (ulong)offset, head[..headBytes]);
        var packet = new Packet(
            buffer, offset, headBytes + payloadBytes, NeedsChecksums: true);
        SendAtItsTime(tenant, packet, new ServerAnswer { To = to });
    }

    /// <summary>Above its share of the wire a tenant waits for the answer to its call.</summary>
    private void SendAtItsTime(ServerTenant tenant, in Packet packet, in ServerAnswer answer)
    {
        if (tenant.Configuration.RateLimitBitsPerSecond > 0)
            thread.Context.Charge(SharedStackCosts.QueueingDiscipline);
        var nowPs = thread.Context.ClockPs;
        var atPs = tenant.Rate.Take(packet.LengthBytes, nowPs);
        if (atPs <= nowPs)
        {
            owner.Send(packet);
            owner.Answer(answer);
            return;
        }

        requests?.RequestQueued(
            thread.Context, RequestTokens.OfBuffer(thread.Number, packet.Buffer), nowPs);
        held.Add(new Held(atPs, tenant, packet, answer));
        NextReleasePs = NextReleasePs == 0 ? atPs : Math.Min(NextReleasePs, atPs);
    }

    private readonly record struct Held(
        long AtPs, ServerTenant Tenant, Packet Packet, ServerAnswer Answer);
}
