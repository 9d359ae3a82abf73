using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Tests.Microkernel.Ipc;

/// <summary>Nobody waits for ever for who has ended or whose capability is gone.</summary>
public sealed class DeadPartnerSpecs
{
    private const int Server = 1;
    private const int Client = 2;
    private const ulong Badge = 77;

    private readonly IpcBench bench = new();
    private readonly ThreadControlBlock server;
    private readonly ThreadControlBlock client;
    private readonly Endpoint endpoint;
    private readonly Capability link;

    public DeadPartnerSpecs()
    {
        server = bench.Thread(Server);
        client = bench.Thread(Client);
        endpoint = bench.Endpoint(Server);
        link = bench.Link(endpoint, Client, Badge);
    }

    [Fact]
    public void Who_sends_to_an_endpoint_that_falls_is_told()
    {
        Send(SendMode.Wait);

        Remove(endpoint.OriginSlot, KernelResult.PeerGone);

        Assert.Equal([client], bench.RunWoken());
        Assert.Equal(KernelResult.Revoked, client.Registers.Result);
        Assert.True(endpoint.IsDestroyed);
        Assert.Equal(KernelResult.PeerGone, Send(SendMode.Wait));
    }

    [Fact]
    public void Who_receives_at_an_endpoint_that_falls_is_told()
    {
        var lonely = bench.Endpoint(Server);
        bench.Ipc.Receive(server, lonely);

        Remove(lonely.OriginSlot, KernelResult.PeerGone);

        Assert.Equal([server], bench.RunWoken());
        Assert.Equal(KernelResult.PeerGone, server.Registers.Result);
        Assert.Equal(KernelResult.PeerGone, bench.Ipc.Receive(server, lonely));
    }

    [Fact]
    public void Who_waits_for_an_answer_is_told_that_the_server_has_ended()
    {
        Send(SendMode.Call);
        bench.Ipc.Receive(server, endpoint);

        Remove(bench.ReplyOf(server).Slot, KernelResult.PeerGone);

        Assert.Equal([client], bench.RunWoken());
        Assert.Equal(KernelResult.PeerGone, client.Registers.Result);
    }

    [Fact]
    public void Whose_capability_is_revoked_stops_sending_and_the_others_do_not()
    {
        var other = bench.Thread(Client);
        var otherLink = bench.Link(endpoint, Client, Badge + 1);
        Send(SendMode.Call);
        bench.Ipc.Send(other, endpoint, otherLink, SendMode.Wait);

        Remove(link.Slot, KernelResult.Revoked);

        Assert.Equal([client], bench.RunWoken());
        Assert.Equal(KernelResult.Revoked, client.Registers.Result);
        Assert.Equal(ThreadStatus.Sending, other.State);
        Assert.Equal(1, endpoint.Senders.Count);
    }

    [Fact]
    public void Whose_capability_is_revoked_waits_for_no_answer_and_none_can_be_given()
    {
        Send(SendMode.Call);
        bench.Ipc.Receive(server, endpoint);
        var reply = server.Registers.ReplyHandle;

        Remove(link.Slot, KernelResult.Revoked);

        Assert.Equal([client], bench.RunWoken());
        Assert.Equal(KernelResult.Revoked, client.Registers.Result);
        Assert.Equal(KernelResult.Revoked, bench.Capabilities.Find(Server, reply, out _));
    }

    [Fact]
    public void A_server_is_told_once_that_nobody_holds_a_badge_any_more()
    {
        bench.Ipc.Receive(server, endpoint);

        Remove(link.Slot, KernelResult.PeerGone);

        Assert.Equal([server], bench.RunWoken());
        Assert.Equal(KernelLabels.BadgeGone, server.Registers.Label);
        Assert.Equal(Badge, server.Registers[0]);
        Assert.Equal(KernelResult.Blocked, bench.Ipc.Receive(server, endpoint));
    }

    [Fact]
    public void A_server_that_does_not_wait_is_told_before_it_hears_anybody_else()
    {
        Assert.Equal(
            KernelResult.Done,
            bench.Capabilities.Mint(
                bench.Capabilities.Table[endpoint.OriginSlot], CapabilityRights.Write, Badge,
                Client, out var again));
        Remove(link.Slot, KernelResult.PeerGone);
        bench.Ipc.Send(
            client, endpoint, bench.Capabilities.Table[again.Slot], SendMode.Call);

        Assert.Equal(KernelResult.Done, bench.Ipc.Receive(server, endpoint));
        Assert.Equal(KernelLabels.BadgeGone, server.Registers.Label);
        Assert.Equal(KernelResult.Done, bench.Ipc.Receive(server, endpoint));
        Assert.Equal(Badge, server.Registers.SenderBadge);
    }

    [Fact]
    public void A_badge_that_comes_and_goes_is_told_once_to_who_does_not_listen()
    {
        Remove(link.Slot, KernelResult.PeerGone);
        for (var times = 0; times < 1_000; times++)
            Remove(bench.Link(endpoint, Client, Badge).Slot, KernelResult.PeerGone);

        Assert.Single(endpoint.GoneBadges);
    }

    [Fact]
    public void An_ended_thread_waits_nowhere()
    {
        var other = bench.Thread(Client);
        Send(SendMode.Wait);
        bench.Ipc.Send(other, endpoint, link, SendMode.Wait);

        bench.Ipc.End(client);

        Assert.Equal(1, endpoint.Senders.Count);
        Assert.Equal(KernelResult.Done, bench.Ipc.Receive(server, endpoint));
        Assert.Equal([other], bench.RunWoken());
        Assert.Equal(ThreadStatus.Ended, client.State);
    }

    private KernelResult Send(SendMode mode) => bench.Ipc.Send(client, endpoint, link, mode);

    private void Remove(int slot, KernelResult why) =>
        bench.Removal.Remove(slot, keepsSelf: false, why);
}
