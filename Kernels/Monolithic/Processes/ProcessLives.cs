using Disguise.Actors.Dispatch;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic.Network;
using Disguise.Kernels.Monolithic.QueueingDisciplines;
using Disguise.Kernels.Monolithic.Scheduling;
using Disguise.Kernels.Monolithic.Sockets;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Monolithic.Processes;

/// <summary>
/// How processes begin and end, and how their network is taken: memory, address space, sockets,
/// namespace, filter, core. The kernel works on a core of the process concerned.
/// </summary>
internal sealed class ProcessLives(KernelServices kernel)
{
    /// <summary>Tokens of a class beside those of a tick: one frame (tc-htb(8), burst).
    /// </summary>
    private const int BurstBytes = 1_600;

    private int namespaces;
    private int steered;

    /// <summary>Starts a process, or says why it cannot be started.</summary>
    public void Start(MonolithicProtocol.StartProcess order, IslandActorRef actor)
    {
        var description = order.Description;
        var number = kernel.Processes.FreeNumber();
        if (number < 0 || description.Pages is < 1 or > ProcessImage.MaximumPages)
        {
            Refuse(actor, number < 0 ? "too many processes" : $"{description.Pages} pages");
            return;
        }

        if (!TryPlace(description.Placement, out var affinity, out var core, out var reason))
        {
            Refuse(actor, reason);
            return;
        }

        var execution = kernel.Execution;
        execution.WorkOn(kernel.Machine.Cores[core], kernel.NowPs);
        execution.Charge(ProfileCosts.ControlPlaneCall);
        execution.Charge(ProfileCosts.PageTableEntry, description.Pages);
        var image = ProcessImage.Create(
            kernel.Machine, kernel.Memory.TableFrames, KernelMemory.OwnerOf(number),
            new AddressSpaceId((ushort)(number + 1)), description.Pages);
        var network = image is null ? null : MakeNamespace(description, affinity);
        if (network is null)
        {
            image?.Release();
            Leave(description.Placement, core);
            Refuse(actor, image is null ? "out of memory" : "the Ethernet address is taken");
            return;
        }

        var isOwn = description.Placement.Kind == CorePlacementKind.Own;
        var process = new Process(number, description, actor, image!, network)
        {
            OwnCore = isOwn ? core : -1,
        };
        process.Task = new ProcessTask(kernel.Processes.NextTask, order.Context, affinity, kernel)
        {
            Process = process,
            Core = core,
        };
        kernel.Processes.Add(process.Task);
        kernel.Processes.Add(process);
        kernel.Device.Steer(network);
        kernel.Scheduler.Start(process.Task);
    }

    /// <summary>
    /// Ends a process, whatever it does: everything that it has is freed. It is told when the
    /// device has done its part too, unless it is gone already.
    /// </summary>
    public void End(Process process)
    {
        var task = process.Task;
        var core = kernel.Scheduler.Cores[task.Core];
        DropUnsent(task);
        kernel.Processes.Remove(process);
        kernel.Scheduler.Stop(task);
        kernel.Execution.WorkOn(core.Core, kernel.NowPs);
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        kernel.Execution.Charge(ProfileCosts.PageTableEntry, process.Image.Pages);
        if (process.Parent is null)
            TakeNetwork(process.Network);
        foreach (var socket in process.OpenSockets())
            Close(socket);
        kernel.Local.Close(process);
        if (process.Awaiter is { } awaiter)
            kernel.Scheduler.Wake(awaiter);
        foreach (var other in kernel.Machine.Cores)
            other.Mmu.Tlb.FlushAddressSpace(process.Image.Space.Id);
        process.Memory?.Release();
        kernel.Local.Settle();
        process.Image.Release();
        kernel.SystemCalls.End(process);
        var donePs = Math.Max(kernel.Execution.ClockPs, kernel.Device.OrderedPs);
        Leave(process.Description.Placement, core.Number);
        kernel.Machine.Island.Schedule(
            donePs + kernel.Machine.Costs.Of(DeviceCosts.PciePostedWrite), process.Actor,
            MonolithicProtocol.Ended.Instance, kernel.Actor);
    }

    /// <summary>Closes a socket: what waits in it is dropped.</summary>
    public void Close(Socket socket)
    {
        Drain(socket);
        socket.IsClosed = true;
        socket.Poll?.Remove(socket);
        if (socket.Port != 0)
            socket.Network.Stack.Unbind(socket.Port);
        socket.Network.Remove(socket.Number);
    }

    /// <summary>Takes a process' network by force: who waits for it learns that.</summary>
    public void RevokeNetwork(string address)
    {
        var orderedPs = kernel.NowPs;
        var taken = 0;
        if (kernel.Processes.ByAddress(address) is { Network.IsDown: false } process)
        {
            taken = 1;
            kernel.Execution.WorkOn(
                kernel.Machine.Cores[process.Task.Core], kernel.NowPs);
            kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
            TakeNetwork(process.Network);
            // Whoever descends from the process has the same network.
            foreach (var user in kernel.Processes.All)
            {
                if (user?.Network == process.Network)
                {
                    foreach (var socket in user.OpenSockets())
                        Tell(socket);
                }
            }
        }

        kernel.Options.Observer?.Revoked(RevocationReport.OfNetwork(
            address, orderedPs, taken > 0 ? kernel.Execution.ClockPs : orderedPs, taken));
    }

    private void Tell(Socket socket)
    {
        Drain(socket);
        if (socket.Sender is { } sender)
        {
            socket.Sender = null;
            kernel.Scheduler.Wake(sender);
        }

        kernel.Receive.Notify(socket);
    }

    private void TakeNetwork(NetworkNamespace network)
    {
        if (network.IsDown)
            return;
        network.IsDown = true;
        kernel.Network.Namespaces.Remove(network);
        kernel.Device.Forget(network);
        kernel.Transmit.Discard(network);
    }

    private void Drain(Socket socket)
    {
        while (socket.Buffer.TryTake(out var datagram))
        {
            kernel.Network.Received.CountDropped(MonolithicDrops.SocketClosed);
            kernel.Network.Queues[datagram.Queue].Release(datagram.Packet);
        }
    }

    /// <summary>A call that was about to send: its packet is nobody's any more.</summary>
    private void DropUnsent(ProcessTask task)
    {
        if (task.Phase != CallPhase.Transmit)
            return;
        kernel.Network.Transmitted.CountDropped(MonolithicDrops.SocketClosed);
        kernel.Network.Queues[task.Outgoing.Queue].Release(task.Outgoing.Packet);
    }

    private NetworkNamespace? MakeNamespace(ProcessDescription description, int affinity)
    {
        var queues = kernel.Network.Queues.Length;
        var network = new NetworkNamespace(
            ++namespaces,
            kernel.Options.Network.MakeStack(description.Mac, description.Ip),
            (affinity >= 0 ? affinity : NextSharedCore()) % queues);
        if (!kernel.Network.Namespaces.TryAdd(network))
            return null;
        if (description.RateLimitBitsPerSecond > 0)
        {
            network.Class = new TrafficClass(
                new TokenBucket(description.RateLimitBitsPerSecond, BurstBytes),
                kernel.Options.TransmitQueueLength, network.Queue);
        }

        return network;
    }

    /// <summary>Shared cores take the interrupts of tenants in turn.</summary>
    private int NextSharedCore()
    {
        var cores = kernel.Scheduler.Cores;
        for (var tried = 0; tried < cores.Length; tried++)
        {
            var core = cores[steered++ % cores.Length];
            if (!core.IsOwned)
                return core.Number;
        }

        return 0;
    }

    private bool TryPlace(
        CorePlacement asked, out int affinity, out int core, out string reason)
    {
        var scheduler = kernel.Scheduler;
        reason = "";
        core = asked.Core;
        affinity = asked.Core;
        switch (asked.Kind)
        {
            case CorePlacementKind.Own:
                core = affinity = TakeOwnCore();
                reason = $"none of {scheduler.Cores.Length} cores is left to own";
                return core >= 0;
            case CorePlacementKind.Pinned:
                reason = $"core {asked.Core} cannot be shared";
                if ((uint)asked.Core >= (uint)scheduler.Cores.Length
                    || scheduler.Cores[asked.Core].IsOwned)
                {
                    return false;
                }

                scheduler.Cores[asked.Core].PinnedCount++;
                return true;
            default:
                affinity = KernelTask.AnyCore;
                core = scheduler.AnySharedCore();
                reason = "no core is left to share";
                return core >= 0;
        }
    }

    /// <summary>A core that nobody owns; one stays for those that share.</summary>
    private int TakeOwnCore()
    {
        var shared = 0;
        CoreState? chosen = null;
        foreach (var core in kernel.Scheduler.Cores)
        {
            if (core.IsOwned)
                continue;
            shared++;
            if (core.PinnedCount == 0 && (chosen is null || (chosen.Running is not null
                && core.Running is null && core.Queue.Count == 0)))
            {
                chosen = core;
            }
        }

        if (chosen is null || shared <= (HasSharers() ? 1 : 0))
            return -1;
        return kernel.Scheduler.TryOwn(chosen) ? chosen.Number : -1;
    }

    private bool HasSharers()
    {
        foreach (var process in kernel.Processes.All)
        {
            if (process?.Description.Placement.Kind == CorePlacementKind.Shared)
                return true;
        }

        return false;
    }

    private void Leave(CorePlacement placement, int core)
    {
        var left = kernel.Scheduler.Cores[core];
        if (placement.Kind == CorePlacementKind.Own)
            left.IsOwned = false;
        else if (placement.Kind == CorePlacementKind.Pinned)
            left.PinnedCount--;
        kernel.Scheduler.Reschedule(left);
    }

    private void Refuse(IslandActorRef actor, string reason) =>
        kernel.Machine.Island.Schedule(
            kernel.NowPs, actor, new MonolithicProtocol.Refused(reason), kernel.Actor);
}
