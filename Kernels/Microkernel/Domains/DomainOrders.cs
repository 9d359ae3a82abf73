using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Interrupts;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Memory;

namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>
/// What the kernel does about whole domains: makes them, takes their network away, frees
/// everything when they end. It works on the core of the domain's first thread.
/// </summary>
internal sealed class DomainOrders(KernelState state)
{
    private const CapabilityRights Whole =
        CapabilityRights.Read | CapabilityRights.Write | CapabilityRights.Grant;

    private long NowPs => state.Machine.Island.NowPs;

    /// <summary>Makes a domain and answers who ordered it.</summary>
    public void Create(DomainRequest request, IslandActorRef from)
    {
        if (WhyNot(request) is { } reason)
        {
            Refuse(from, reason, NowPs);
            return;
        }

        var core = state.Machine.Cores[request.Threads[0].Core];
        var atPs = state.Work.ServeCall(core, NowPs);
        var number = state.Domains.NextNumber;
        if (state.Memory.CreateSpace(number) is not { } space)
        {
            Refuse(from, "no memory is left", atPs);
            return;
        }

        var domain = new Domain(number, request.Address, space)
        {
            Places = request.Threads,
            Threads = new Threads.ThreadControlBlock?[request.Threads.Count],
            DrivesNetworkCard = request.DrivesNetworkCard,
        };
        state.Domains.Add(domain);
        if (TryEquip(domain, request, out var boot, out reason))
        {
            atPs = state.ChargeMemory(core, atPs);
            state.Options.Observer?.ControlCall("create-domain", false, NowPs, atPs);
            Answer(from, new NucleusProtocol.Created(number, boot), atPs);
            return;
        }

        Free(domain);
        Refuse(from, reason, state.ChargeMemory(core, atPs));
    }

    /// <summary>A domain has crashed or ended: everything it has is freed.</summary>
    public void End(int number, IslandActorRef from)
    {
        if (state.Domains.ByNumber(number) is not { } domain)
            return;
        var core = state.Machine.Cores[domain.Places[0].Core];
        var atPs = state.Work.ServeCall(core, NowPs);
        foreach (var thread in domain.Threads)
        {
            if (thread is null)
                continue;
            state.Scheduler.End(thread);
            state.Ipc.End(thread);
        }

        Free(domain);
        // The rights to answer its calls are gone with the capabilities that it called by.
        foreach (var thread in domain.Threads)
        {
            if (thread is not null)
                state.Objects.Threads.Remove(thread.Number);
        }

        atPs = state.ChargeMemory(core, atPs);
        if (domain.DrivesNetworkCard)
            Order(new PhysicalFunctionProtocol.ResetFunction(-1), core, ref atPs);
        state.Scheduler.MakeReady(core, state.Ipc.Woken, atPs);
        foreach (var place in domain.Places)
            state.Scheduler.FillCore(place.Core, place.Core == core.Number ? atPs : NowPs);
        state.Options.Observer?.ControlCall("destroy-domain", false, NowPs, atPs);
        Answer(from, NucleusProtocol.Ended.Instance, atPs);
    }

    /// <summary>Revokes the capabilities by which a domain reaches its servers.</summary>
    public void RevokeNetwork(string address)
    {
        var orderedPs = NowPs;
        var donePs = orderedPs;
        var count = 0;
        if (state.Domains.ByAddress(address) is { } domain)
        {
            var core = state.Machine.Cores[domain.Places[0].Core];
            donePs = state.Work.ServeCall(core, donePs);
            // The first leads to the network; memory is not the network's.
            foreach (var link in domain.Links.Take(1))
            {
                if (state.Capabilities.Find(domain.Number, link, out var capability)
                    != KernelResult.Done)
                    continue;
                count++;
                state.Remove(capability.Slot, keepsSelf: false, KernelResult.Revoked);
            }

            donePs = state.ChargeMemory(core, donePs);
            state.Scheduler.MakeReady(core, state.Ipc.Woken, donePs);
        }

        state.Options.Observer?.Revoked(
            RevocationReport.OfNetwork(address, orderedPs, donePs, count));
    }

    private string? WhyNot(DomainRequest request)
    {
        if (request.Threads.Count is 0 or > Domain.ThreadLimit)
            return $"a domain has 1 to {Domain.ThreadLimit} threads";
        foreach (var place in request.Threads)
        {
            if ((uint)place.Core >= (uint)state.Machine.Cores.Length)
                return $"there is no core {place.Core}";
            if ((uint)place.Priority >= Threads.ReadyQueues.PriorityCount)
                return $"there is no priority {place.Priority}";
        }

        if (state.Domains.ByAddress(request.Address) is not null)
            return $"there is a domain {request.Address} already";
        if (state.Domains.NextNumber < 0)
            return "no domain is left";
        if (request.DrivesNetworkCard
            && request.Threads.Count > NicModel.PhysicalFunctionQueues)
            return $"the card has {NicModel.PhysicalFunctionQueues} queue pairs";
        return null;
    }

    private bool TryEquip(
        Domain domain, DomainRequest request, out BootInformation boot, out string reason)
    {
        boot = null!;
        reason = "no room for its capabilities";
        var endpoints = new Handle[request.Threads.Count];
        var notes = new Handle[request.Threads.Count];
        var notifications = new Notification[request.Threads.Count];
        for (var thread = 0; thread < request.Threads.Count; thread++)
        {
            if (!TryGiveEndpoint(domain, out endpoints[thread])
                || !TryGiveNotification(domain, out notifications[thread], out notes[thread]))
                return false;
        }

        domain.Notifications = notifications;
        domain.Endpoints = endpoints;
        if (!TryGiveMemory(domain, request.ExtentPages, out var extents))
        {
            reason = "no memory is left";
            return false;
        }

        if (!TryLink(domain, request.Links, out var links, out reason))
            return false;
        Handle[] interrupts = [];
        if (request.DrivesNetworkCard && !TryGiveCard(domain, out interrupts))
        {
            reason = "no interrupt vector is left";
            return false;
        }

        boot = new BootInformation
        {
            Endpoints = endpoints,
            Notifications = notes,
            Extents = extents,
            Links = links,
            Interrupts = interrupts,
        };
        return true;
    }

    private bool TryGiveEndpoint(Domain domain, out Handle handle)
    {
        var number = state.Objects.Endpoints.NextNumber;
        handle = Handle.None;
        if (number < 0 || !Grant(domain, CapabilityKind.Endpoint, Whole, number, out handle))
            return false;
        state.Objects.Endpoints.Add(
            number, new Endpoint(number, domain.Number) { OriginSlot = handle.Slot });
        return true;
    }

    private bool TryGiveNotification(
        Domain domain, out Notification notification, out Handle handle)
    {
        var number = state.Objects.Notifications.NextNumber;
        notification = null!;
        handle = Handle.None;
        if (number < 0
            || !Grant(domain, CapabilityKind.Notification, Whole, number, out handle))
            return false;
        notification = new Notification(number) { OriginSlot = handle.Slot };
        state.Objects.Notifications.Add(number, notification);
        return true;
    }

    private bool TryGiveMemory(
        Domain domain, IReadOnlyList<int> extentPages, out Handle[] handles)
    {
        handles = new Handle[extentPages.Count];
        var page = DomainPages.FirstFreePage;
        for (var index = 0; index < handles.Length; index++)
        {
            var pages = extentPages[index];
            if (pages <= 0 || !state.Memory.TryAllocate(domain.Number, pages, out var first))
                return false;
            var extent = new Extent(
                state.Objects.Extents.NextNumber, first, pages, domain.Number,
                IsDevice: false);
            if (!TryGive(domain, extent, out handles[index]))
            {
                state.Memory.Free(extent);
                return false;
            }

            if (!state.Memory.TryMap(handles[index].Slot, domain, extent, page, Whole))
                return false;
            page += pages;
        }

        return true;
    }

    private bool TryGive(Domain domain, Extent extent, out Handle handle)
    {
        handle = Handle.None;
        if (extent.Number < 0
            || !Grant(domain, CapabilityKind.Memory, Whole, extent.Number, out handle))
            return false;
        extent.OriginSlot = handle.Slot;
        state.Objects.Extents.Add(extent.Number, extent);
        return true;
    }

    private bool TryLink(
        Domain domain, IReadOnlyList<DomainRequest.EndpointLink> links, out Handle[] handles,
        out string reason)
    {
        handles = new Handle[links.Count];
        for (var index = 0; index < handles.Length; index++)
        {
            var link = links[index];
            reason = $"there is no {link.Address} to link to";
            if (state.Domains.ByAddress(link.Address) is not { } other
                || (uint)link.Thread >= (uint)other.Endpoints.Count
                || state.Capabilities.Find(
                    other.Number, other.Endpoints[link.Thread], out var parent)
                    != KernelResult.Done)
                return false;
            reason = "no room for its capabilities";
            if (state.Capabilities.Mint(
                parent, link.Rights, link.Badge, domain.Number, out handles[index])
                != KernelResult.Done)
                return false;
        }

        domain.Links = handles;
        reason = "";
        return true;
    }

    /// <summary>Registers, DMA and interrupts of the card are the domain's from now on.</summary>
    private bool TryGiveCard(Domain domain, out Handle[] interrupts)
    {
        var nic = state.Nic;
        interrupts = new Handle[domain.Places.Count];
        var registers = new Extent(
            state.Objects.Extents.NextNumber, Frame.NumberOf(nic.RegistersOf(-1)),
            nic.RegisterPages, domain.Number, IsDevice: true);
        if (!TryGive(domain, registers, out var handle)
            || !state.Memory.TryMap(
                handle.Slot, domain, registers, DomainPages.FirstRegisterPage,
                CapabilityRights.Read | CapabilityRights.Write))
            return false;
        state.Memory.Attach(domain, nic.FunctionOf(-1));
        var atPs = NowPs;
        for (var thread = 0; thread < interrupts.Length; thread++)
        {
            var core = domain.Places[thread].Core;
            if (!TryGiveInterrupt(domain, thread, out interrupts[thread], out var vector))
                return false;
            Order(
                new PhysicalFunctionProtocol.ProgramVector(
                    -1, thread, (ulong)Machine.InterruptAddressOf(core), (uint)vector),
                state.Machine.Cores[core], ref atPs);
        }

        return true;
    }

    private bool TryGiveInterrupt(
        Domain domain, int thread, out Handle handle, out int vector)
    {
        var core = domain.Places[thread].Core;
        var number = state.Objects.Interrupts.NextNumber;
        vector = state.Vectors.FreeOn(core);
        handle = Handle.None;
        if (number < 0 || vector < 0
            || !Grant(
                domain, CapabilityKind.Interrupt, CapabilityRights.Write, number, out handle))
            return false;
        state.Objects.Interrupts.Add(number, new DeviceInterrupt(core, vector, 1)
        {
            Notification = domain.Notifications[thread],
        });
        state.Vectors.Bind(core, vector, state.Objects.Interrupts.NameOf(number));
        return true;
    }

    private bool Grant(
        Domain domain, CapabilityKind kind, CapabilityRights rights, int number,
        out Handle handle) => state.Capabilities.TryGrant(
            CapabilityTable.Root, kind, rights, domain.Number, number, 0, out handle);

    private void Free(Domain domain)
    {
        var held = new List<int>();
        while (state.Capabilities.Table.CountOf(domain.Number) > 0)
        {
            held.Clear();
            state.Capabilities.Table.AddHeldBy(domain.Number, held);
            state.Remove(held[0], keepsSelf: false, KernelResult.PeerGone);
        }

        if (domain.DrivesNetworkCard)
            state.Memory.Detach(domain, state.Nic.FunctionOf(-1));
        state.Memory.Release(domain);
        state.Domains.Remove(domain);
    }

    private void Order(PhysicalFunctionProtocol.Order order, Core core, ref long atPs)
    {
        atPs = state.Work.WriteRegisters(core, order.RegisterWrites, atPs);
        state.Machine.Island.Schedule(
            atPs + state.Machine.Costs.Of(DeviceCosts.PciePostedWrite),
            state.Nic.PhysicalFunction, order, state.Kernel);
    }

    private void Refuse(IslandActorRef from, string reason, long atPs)
    {
        state.Options.Observer?.ControlCall("create-domain", true, NowPs, atPs);
        Answer(from, new NucleusProtocol.Refused(reason), atPs);
    }

    private void Answer(
        IslandActorRef to, Actors.Crossings.CrossingMessage message, long atPs) =>
        state.Machine.Island.Schedule(atPs, to, message, state.Kernel);
}
