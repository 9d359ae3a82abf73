using Disguise.Hardware.Nic.Filters;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>Containers, their addresses and their protection domains.</summary>
internal sealed class ContainerBook(KernelTables tables, Revocation revocation)
{
    public Decision Decide(Command.CreateContainer command)
    {
        RefusalReason refusal = Check(command);
        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        int container = tables.Containers.Peek(0);
        int generation = tables.Containers.Remains(container).Generation + 1;
        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.ContainerCreated(
            container, generation, command.MemoryLimitPages));
        for (int at = 0; at < command.Addresses.Count; at++)
        {
            ContainerAddress address = command.Addresses[at];
            plan.Add(new ControlEvent.AddressAssigned(
                tables.Addresses.Peek(at), container, address.Mac, address.Ip, address.Vlan));
        }

        plan.Grant(
            CapabilityTable.Root,
            CapabilityKind.Container,
            CapabilityRights.All,
            container,
            container);
        return plan.Accept();
    }

    public Decision Decide(Command.DestroyContainer command)
    {
        RefusalReason refusal = KernelTables.CheckOperator(command.Caller);
        if (refusal == RefusalReason.None)
        {
            refusal = tables.CheckTenant(command.Container);
        }

        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        var capabilities = new List<int> { tables.Containers[command.Container.Slot].Capability };
        tables.Capabilities.AddHeldBy(command.Container.Slot, capabilities);
        return revocation.Revoke(capabilities);
    }

    public Decision Decide(Command.CreateDomain command)
    {
        RefusalReason refusal = tables.CheckTenant(command.Caller);
        int container = command.Caller.Slot;
        if (refusal == RefusalReason.None)
        {
            refusal = tables.Containers[container].Domains >= tables.Options.DomainsPerContainer
                ? RefusalReason.TooManyDomains
                : tables.Containers[container].OwnTables > 0 ? RefusalReason.SiblingDomains
                : tables.RoomForCapability(container);
        }

        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        int domain = tables.Domains.Peek(0);
        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.DomainCreated(domain, container));
        plan.Grant(
            tables.Containers[container].Capability,
            CapabilityKind.ProtectionDomain,
            CapabilityRights.All,
            container,
            domain);
        return plan.Accept();
    }

    public Decision Decide(Command.DestroyDomain command)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Domain, CapabilityKind.ProtectionDomain, out Capability domain);
        if (refusal == RefusalReason.None && tables.Domains[domain.Object].Cards > 0)
        {
            refusal = RefusalReason.DomainInUse;
        }

        return refusal == RefusalReason.None
            ? revocation.Revoke([domain.Slot])
            : Decision.Refuse(refusal);
    }

    public void Apply(ControlEvent.ContainerCreated created)
    {
        ref ContainerRecord container = ref tables.Containers.Take(created.Container);
        container.Generation = created.Generation;
        container.MemoryLimitPages = created.MemoryLimitPages;
        container.Capability = -1;
        container.FirstAddress = -1;
        container.FirstFilter = -1;
    }

    public void Apply(ControlEvent.ContainerDestroyed destroyed)
    {
        ContainerRecord container = tables.Containers[destroyed.Container];
        if (container.Addresses + container.Domains + container.Filters + container.Pages != 0
            || tables.Capabilities.CountOf(destroyed.Container) != 0
            || destroyed.Container == ContainerId.Operator.Slot)
        {
            throw new InvalidOperationException(
                $"Container {destroyed.Container} still has something, or is the operator.");
        }

        tables.Containers.Release(
            destroyed.Container, new ContainerRecord { Generation = container.Generation });
    }

    public void Apply(ControlEvent.AddressAssigned assigned)
    {
        ref AddressRecord address = ref tables.Addresses.Take(assigned.Address);
        address.Mac = assigned.Mac;
        address.Ip = assigned.Ip;
        address.Vlan = assigned.Vlan;
        address.Next = -1;
        tables.Macs.Add(assigned.Address);
        tables.Ips.Add(assigned.Address);
        ref ContainerRecord container = ref tables.Containers[assigned.Container];
        container.Addresses++;
        ref int link = ref container.FirstAddress;
        while (link >= 0)
        {
            link = ref tables.Addresses[link].Next;
        }

        link = assigned.Address;
    }

    public void Apply(ControlEvent.AddressReleased released)
    {
        ref ContainerRecord container = ref tables.Containers[released.Container];
        AddressRecord address = tables.Addresses[released.Address];
        ref int link = ref container.FirstAddress;
        while (link != released.Address)
        {
            link = ref tables.Addresses[link].Next;
        }

        link = address.Next;
        container.Addresses--;
        tables.Macs.Remove(released.Address);
        tables.Ips.Remove(released.Address);
        tables.Addresses.Release(released.Address);
    }

    public void Apply(ControlEvent.DomainCreated created)
    {
        tables.Containers[created.Container].Domains++;
        ref DomainRecord domain = ref tables.Domains.Take(created.Domain);
        domain.Container = created.Container;
        domain.FirstMapping = -1;
    }

    public void Apply(ControlEvent.DomainDestroyed destroyed)
    {
        DomainRecord domain = tables.Domains[destroyed.Domain];
        if (domain.Mappings + domain.Cards != 0)
        {
            throw new InvalidOperationException($"Domain {destroyed.Domain} is in use.");
        }

        tables.Containers[domain.Container].Domains--;
        tables.Domains.Release(destroyed.Domain);
    }

    private RefusalReason Check(Command.CreateContainer command)
    {
        RefusalReason refusal = KernelTables.CheckOperator(command.Caller);
        if (refusal != RefusalReason.None)
        {
            return refusal;
        }

        if (tables.Containers.Peek(0) < 0)
        {
            return RefusalReason.TooManyContainers;
        }

        if (tables.Capabilities.NextSlot(0) < 0)
        {
            return RefusalReason.CapabilityTableFull;
        }

        int addresses = command.Addresses.Count;
        if (addresses < 1 || addresses > tables.Options.AddressesPerContainer)
        {
            return RefusalReason.BadAddressCount;
        }

        if (command.MemoryLimitPages < 0)
        {
            return RefusalReason.BadCount;
        }

        for (int at = 0; at < addresses && refusal == RefusalReason.None; at++)
        {
            refusal = CheckAddress(command.Addresses, at);
        }

        return refusal;
    }

    private RefusalReason CheckAddress(IReadOnlyList<ContainerAddress> addresses, int at)
    {
        ContainerAddress address = addresses[at];
        bool isUnicastMac = address.Mac != 0
            && address.Mac >> 48 == 0
            && ((address.Mac >> 40) & 1) == 0;
        bool isUnicastIp = address.Ip is > 0x00ff_ffff and < 0xe000_0000;
        if (!isUnicastMac || !isUnicastIp || address.Vlan is > 4095 and not PacketFields.NoVlan)
        {
            return RefusalReason.BadAddress;
        }

        bool isTaken = tables.Macs.Contains(address.Mac) || tables.Ips.Contains(address.Ip);
        for (int before = 0; before < at; before++)
        {
            isTaken |= addresses[before].Mac == address.Mac || addresses[before].Ip == address.Ip;
        }

        return isTaken ? RefusalReason.AddressTaken : RefusalReason.None;
    }
}
