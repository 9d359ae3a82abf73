using Disguise.Actors.Faults;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Threads;

namespace Disguise.Kernels.Tests.Microkernel.Ipc;

/// <summary>The rules of messages with nothing around them: no machine, no time, no costs.
/// </summary>
internal sealed class IpcBench : IMessageTransfer
{
    public const CapabilityRights Whole =
        CapabilityRights.Read | CapabilityRights.Write | CapabilityRights.Grant;

    public IpcBench(int capabilityLimit = 1_000)
    {
        Capabilities = new CapabilitySpaces(
            new CapabilityTable(new HandleTags(5, 6), capabilityLimit, Guards.All));
        Ipc = new IpcMachine(Capabilities, this);
        Removal = new CapabilityRemoval(Capabilities, Objects, Ipc);
    }

    public KernelObjects Objects { get; } = new(1_000);

    public CapabilitySpaces Capabilities { get; }

    public IpcMachine Ipc { get; }

    public CapabilityRemoval Removal { get; }

    /// <summary>What the next messages give instead of being moved.</summary>
    public Queue<KernelResult> Failures { get; } = new();

    public ThreadControlBlock Thread(int domain, int priority = 0)
    {
        var number = Objects.Threads.NextNumber;
        var thread = new ThreadControlBlock(
            number, new Domain(domain, $"domain[{domain}]", null), new ThreadRegisters(),
            priority, 0)
        {
            State = ThreadStatus.Running,
        };
        Objects.Threads.Add(number, thread);
        return thread;
    }

    /// <summary>An endpoint at which a domain receives.</summary>
    public Endpoint Endpoint(int owner)
    {
        var number = Objects.Endpoints.NextNumber;
        Assert.True(Capabilities.TryGrant(
            CapabilityTable.Root, CapabilityKind.Endpoint, Whole, owner, number, 0,
            out var handle));
        var endpoint = new Endpoint(number, owner) { OriginSlot = handle.Slot };
        Objects.Endpoints.Add(number, endpoint);
        return endpoint;
    }

    /// <summary>A capability of a domain to send to an endpoint.</summary>
    public Capability Link(Endpoint endpoint, int domain, ulong badge)
    {
        Assert.Equal(
            KernelResult.Done,
            Capabilities.Mint(
                Capabilities.Table[endpoint.OriginSlot], CapabilityRights.Write, badge, domain,
                out var handle));
        return Capabilities.Table[handle.Slot];
    }

    public Notification Bind(ThreadControlBlock thread)
    {
        var notification = new Notification(0) { Thread = thread };
        thread.Bound = notification;
        return notification;
    }

    /// <summary>The capability to answer the call that a thread has received.</summary>
    public Capability ReplyOf(ThreadControlBlock receiver)
    {
        Assert.Equal(
            KernelResult.Done,
            Capabilities.Find(
                receiver.Domain.Number, receiver.Registers.ReplyHandle, CapabilityKind.Reply,
                CapabilityRights.Write, out var reply));
        return reply;
    }

    /// <summary>Those who were woken go on: each had its core at once.</summary>
    public List<ThreadControlBlock> RunWoken()
    {
        List<ThreadControlBlock> woken = [.. Ipc.Woken];
        foreach (var thread in woken)
        {
            Assert.Equal(ThreadStatus.Ready, thread.State);
            thread.State = ThreadStatus.Running;
        }

        Ipc.Woken.Clear();
        return woken;
    }

    KernelResult IMessageTransfer.Move(
        ThreadControlBlock sender, ThreadControlBlock receiver, bool isAnswer)
    {
        if (Failures.TryDequeue(out var failure) && failure != KernelResult.Done)
            return failure;
        sender.Registers.CopyMessageTo(receiver.Registers);
        return KernelResult.Done;
    }
}
