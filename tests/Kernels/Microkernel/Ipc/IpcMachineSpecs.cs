using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Tests.Microkernel.Ipc;

/// <summary>Who waits, who is woken, and with what.</summary>
public sealed class IpcMachineSpecs
{
    private const int Server = 1;
    private const int Client = 2;
    private const ulong Badge = 77;

    private readonly IpcBench bench = new();
    private readonly ThreadControlBlock server;
    private readonly ThreadControlBlock client;
    private readonly Endpoint endpoint;
    private readonly Capability link;

    public IpcMachineSpecs()
    {
        server = bench.Thread(Server);
        client = bench.Thread(Client);
        endpoint = bench.Endpoint(Server);
        link = bench.Link(endpoint, Client, Badge);
    }

    [Fact]
    public void A_message_reaches_who_waits_with_the_badge_of_the_capability()
    {
        Assert.Equal(KernelResult.Blocked, bench.Ipc.Receive(server, endpoint));
        Say(client, 5, 1, 2, 3);

        Assert.Equal(KernelResult.Done, Send(SendMode.Wait));

        Assert.Equal([server], bench.RunWoken());
        AssertHeard(server, 5, 1, 2, 3);
        Assert.Equal(Badge, server.Registers.SenderBadge);
        Assert.Equal(Handle.None, server.Registers.ReplyHandle);
        Assert.Equal(ThreadStatus.Running, client.State);
    }

    [Fact]
    public void A_sender_waits_until_somebody_receives()
    {
        Say(client, 5, 9);

        Assert.Equal(KernelResult.Blocked, Send(SendMode.Wait));
        Assert.Equal(ThreadStatus.Sending, client.State);
        Assert.Equal(KernelResult.Done, bench.Ipc.Receive(server, endpoint));

        AssertHeard(server, 5, 9);
        Assert.Equal([client], bench.RunWoken());
        Assert.Equal(KernelResult.Done, client.Registers.Result);
        Assert.Equal(0, endpoint.Senders.Count);
    }

    [Fact]
    public void Senders_are_heard_in_the_order_in_which_they_came()
    {
        var threads = Enumerable.Range(0, 5).Select(_ => bench.Thread(Client)).ToList();
        for (var number = 0; number < threads.Count; number++)
        {
            Say(threads[number], (ulong)number);
            bench.Ipc.Send(threads[number], endpoint, link, SendMode.Wait);
        }

        foreach (var number in Enumerable.Range(0, threads.Count))
        {
            Assert.Equal(KernelResult.Done, bench.Ipc.Receive(server, endpoint));
            AssertHeard(server, (ulong)number);
            Assert.Equal([threads[number]], bench.RunWoken());
        }
    }

    [Fact]
    public void Who_does_not_want_to_wait_is_told_that_nobody_waited()
    {
        Assert.Equal(KernelResult.NotWaiting, Send(SendMode.GiveUp));
        Assert.Equal(ThreadStatus.Running, client.State);
        Assert.Equal(0, endpoint.Senders.Count);
    }

    [Fact]
    public void A_call_waits_for_its_answer_and_the_right_to_give_it_is_used_up()
    {
        Say(client, 5, 1);
        Assert.Equal(KernelResult.Blocked, Send(SendMode.Call));
        Assert.Equal(KernelResult.Done, bench.Ipc.Receive(server, endpoint));
        Assert.Equal(ThreadStatus.AwaitingReply, client.State);
        Assert.Empty(bench.Ipc.Woken);
        var reply = bench.ReplyOf(server);
        var shown = server.Registers.ReplyHandle;
        Say(server, 6, 2);

        Assert.Equal(KernelResult.Done, bench.Ipc.Reply(server, reply, client));

        Assert.Equal([client], bench.RunWoken());
        AssertHeard(client, 6, 2);
        Assert.Equal(0UL, client.Registers.SenderBadge);
        Assert.Equal(
            KernelResult.Revoked, bench.Capabilities.Find(Server, shown, out _));
    }

    [Fact]
    public void A_call_that_is_heard_at_once_waits_for_its_answer_too()
    {
        bench.Ipc.Receive(server, endpoint);
        Assert.Equal(KernelResult.Blocked, Send(SendMode.Call));
        Assert.Equal(ThreadStatus.AwaitingReply, client.State);
        Assert.Equal([server], bench.RunWoken());
        Assert.Equal(CapabilityKind.Reply, bench.ReplyOf(server).Kind);
    }

    [Fact]
    public void A_notification_is_kept_until_its_thread_waits_and_comes_before_messages()
    {
        var bell = bench.Bind(server);
        bench.Ipc.Signal(bell, 1);
        bench.Ipc.Signal(bell, 4);
        Say(client, 5);
        Send(SendMode.Wait);

        Assert.Equal(KernelResult.Done, bench.Ipc.Receive(server, endpoint));
        AssertHeard(server, KernelLabels.Notification, 5);
        Assert.Equal(0UL, bell.Bits);
        Assert.Equal(KernelResult.Done, bench.Ipc.Receive(server, endpoint));
        AssertHeard(server, 5);
    }

    [Fact]
    public void A_notification_wakes_its_thread_where_it_waits_and_no_bits_wake_nobody()
    {
        var bell = bench.Bind(server);
        bench.Ipc.Receive(server, endpoint);

        bench.Ipc.Signal(bell, 0);
        Assert.Empty(bench.Ipc.Woken);
        bench.Ipc.Signal(bell, 2);

        Assert.Equal([server], bench.RunWoken());
        AssertHeard(server, KernelLabels.Notification, 2);
        Assert.Equal(0, endpoint.Receivers.Count);
    }

    [Fact]
    public void A_wait_ends_at_its_deadline_and_only_while_it_lasts()
    {
        bench.Ipc.Receive(server, endpoint);
        bench.Ipc.Expire(server);
        Assert.Equal([server], bench.RunWoken());
        Assert.Equal(KernelResult.TimedOut, server.Registers.Result);

        bench.Ipc.Expire(server);
        Assert.Empty(bench.Ipc.Woken);
    }

    [Theory]
    [InlineData(KernelResult.BadBuffer)]
    [InlineData(KernelResult.TooLong)]
    [InlineData(KernelResult.NoRight)]
    public void A_senders_fault_is_its_own_and_the_next_is_heard(KernelResult fault)
    {
        var other = bench.Thread(Client);
        Say(client, 1);
        Say(other, 2);
        Send(SendMode.Call);
        bench.Ipc.Send(other, endpoint, link, SendMode.Wait);
        bench.Failures.Enqueue(fault);

        Assert.Equal(KernelResult.Done, bench.Ipc.Receive(server, endpoint));

        AssertHeard(server, 2);
        Assert.Equal([client, other], bench.RunWoken());
        Assert.Equal(fault, client.Registers.Result);
        Assert.Equal(KernelResult.Done, other.Registers.Result);
    }

    [Fact]
    public void A_receivers_fault_is_its_own_and_who_sends_goes_on_waiting()
    {
        Say(client, 1);
        Send(SendMode.Wait);
        bench.Failures.Enqueue(KernelResult.BadWindow);

        Assert.Equal(KernelResult.BadWindow, bench.Ipc.Receive(server, endpoint));
        Assert.Equal(ThreadStatus.Sending, client.State);
        Assert.Empty(bench.Ipc.Woken);
        Assert.Equal(KernelResult.Done, bench.Ipc.Receive(server, endpoint));
        AssertHeard(server, 1);
    }

    [Fact]
    public void A_caller_that_cannot_take_its_answer_is_told_and_who_answers_goes_on()
    {
        Send(SendMode.Call);
        bench.Ipc.Receive(server, endpoint);
        bench.Failures.Enqueue(KernelResult.BadWindow);

        Assert.Equal(
            KernelResult.Done, bench.Ipc.Reply(server, bench.ReplyOf(server), client));

        Assert.Equal([client], bench.RunWoken());
        Assert.Equal(KernelResult.BadWindow, client.Registers.Result);
    }

    [Fact]
    public void An_answer_from_a_bad_buffer_is_refused_and_can_be_given_again()
    {
        Send(SendMode.Call);
        bench.Ipc.Receive(server, endpoint);
        var reply = bench.ReplyOf(server);
        bench.Failures.Enqueue(KernelResult.BadBuffer);

        Assert.Equal(KernelResult.BadBuffer, bench.Ipc.Reply(server, reply, client));
        Assert.Equal(ThreadStatus.AwaitingReply, client.State);
        Assert.Equal(KernelResult.Done, bench.Ipc.Reply(server, reply, client));
        Assert.Equal([client], bench.RunWoken());
    }

    [Fact]
    public void A_call_for_whose_answer_there_is_no_room_is_refused()
    {
        // The root, the origin, the link.
        var small = new IpcBench(capabilityLimit: 3);
        var receiver = small.Thread(Server);
        var caller = small.Thread(Client);
        var at = small.Endpoint(Server);
        var by = small.Link(at, Client, Badge);
        small.Ipc.Receive(receiver, at);

        Assert.Equal(
            KernelResult.CapabilitiesExhausted,
            small.Ipc.Send(caller, at, by, SendMode.Call));
        Assert.Equal(ThreadStatus.Running, caller.State);
        Assert.Equal(ThreadStatus.Receiving, receiver.State);
        Assert.Equal(KernelResult.Done, small.Ipc.Send(caller, at, by, SendMode.Wait));
    }

    [Fact]
    public void Only_who_runs_calls()
    {
        Send(SendMode.Wait);

        Assert.Throws<InvalidOperationException>(() => Send(SendMode.Wait));
        Assert.Throws<InvalidOperationException>(() => bench.Ipc.Receive(client, endpoint));
    }

    private static void Say(ThreadControlBlock thread, ulong label, params ulong[] words)
    {
        thread.Registers.Begin(label);
        foreach (var word in words)
            thread.Registers.Add(word);
    }

    private static void AssertHeard(
        ThreadControlBlock thread, ulong label, params ulong[] words)
    {
        Assert.Equal(label, thread.Registers.Label);
        Assert.Equal(
            words, Enumerable.Range(0, thread.Registers.WordCount)
                .Select(index => thread.Registers[index]));
    }

    private KernelResult Send(SendMode mode) => bench.Ipc.Send(client, endpoint, link, mode);
}
