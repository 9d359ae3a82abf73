using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>Extents of memory, their shares, and what is mapped of them where.</summary>
internal sealed class MemoryBook(KernelTables tables, Revocation revocation)
{
    private const int PagesPerTable = 512;
    private const int MostTables = 1 << 16;

    private const CapabilityRights Sharable = CapabilityRights.Read
        | CapabilityRights.Write
        | CapabilityRights.Execute
        | CapabilityRights.Grant;

    private const CapabilityRights Mappable =
        CapabilityRights.Read | CapabilityRights.Write | CapabilityRights.Execute;

    public Decision Decide(Command.AllocateMemory command)
    {
        RefusalReason refusal = Check(command);
        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        int container = command.Caller.Slot;
        int extent = tables.Extents.Peek(0);
        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.MemoryAllocated(
            extent, container, tables.FreeFrames.Find(command.Pages), command.Pages));
        plan.Grant(
            tables.Containers[container].Capability,
            CapabilityKind.Memory,
            CapabilityRights.All,
            container,
            extent);
        return plan.Accept();
    }

    public Decision Decide(Command.FreeMemory command)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Memory, CapabilityKind.Memory, out Capability memory);
        return refusal == RefusalReason.None
            ? revocation.Revoke([memory.Slot])
            : Decision.Refuse(refusal);
    }

    public Decision Decide(Command.RevokeShares command)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Memory, CapabilityKind.Memory, out Capability memory);
        return refusal == RefusalReason.None
            ? revocation.RevokeBelow(memory.Slot)
            : Decision.Refuse(refusal);
    }

    public Decision Decide(Command.ShareMemory command)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Memory, CapabilityKind.Memory, out Capability memory);
        if (refusal == RefusalReason.None)
        {
            CapabilityRights given = command.Rights;
            bool isAllowed = given != CapabilityRights.None
                && (given & ~(memory.Rights & Sharable)) == 0
                && memory.Rights.HasFlag(CapabilityRights.Grant);
            refusal = !isAllowed
                ? RefusalReason.RightMissing
                : tables.CheckReceiver(command.Caller, command.Receiver);
        }

        if (refusal == RefusalReason.None && tables.Capabilities.NextSlot(0) < 0)
        {
            refusal = RefusalReason.CapabilityTableFull;
        }

        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        var plan = new EventPlan(tables.Capabilities);
        plan.Grant(
            memory.Slot,
            CapabilityKind.Memory,
            command.Rights,
            command.Receiver.Slot,
            memory.Object);
        return plan.Accept();
    }

    public Decision Decide(Command.MapMemory command)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Memory, CapabilityKind.Memory, out Capability memory);
        Capability domain = default;
        if (refusal == RefusalReason.None)
        {
            refusal = tables.Resolve(
                command.Caller, command.Domain, CapabilityKind.ProtectionDomain, out domain);
        }

        if (refusal == RefusalReason.None)
        {
            refusal = Check(command, memory, tables.Domains[domain.Object]);
        }

        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.PagesMapped(
            tables.Mappings.Peek(0),
            domain.Object,
            memory.Slot,
            memory.Object,
            tables.Extents[memory.Object].FirstFrame + command.FirstPage,
            command.VirtualPage,
            command.Pages,
            command.Rights));
        return plan.Accept();
    }

    public Decision Decide(Command.LinkTables command)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Memory, CapabilityKind.Memory, out Capability memory);
        Capability domain = default;
        if (refusal == RefusalReason.None)
        {
            refusal = tables.Resolve(
                command.Caller, command.Domain, CapabilityKind.ProtectionDomain, out domain);
        }

        if (refusal == RefusalReason.None)
        {
            refusal = Check(command, memory, tables.Domains[domain.Object]);
        }

        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.TablesLinked(
            tables.Mappings.Peek(0),
            domain.Object,
            memory.Slot,
            memory.Object,
            tables.Extents[memory.Object].FirstFrame + command.FirstPage,
            command.VirtualPage,
            command.Tables));
        return plan.Accept();
    }

    public Decision Decide(Command.UnmapMemory command)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Domain, CapabilityKind.ProtectionDomain, out Capability domain);
        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        int at = tables.Domains[domain.Object].FirstMapping;
        while (at >= 0 && tables.Mappings[at].VirtualPage != command.VirtualPage)
        {
            at = tables.Mappings[at].NextOfDomain;
        }

        if (at < 0)
        {
            return Decision.Refuse(RefusalReason.NotMapped);
        }

        var plan = new EventPlan(tables.Capabilities);
        revocation.Unmap(plan, at);
        return plan.Accept();
    }

    public void Apply(ControlEvent.MemoryAllocated allocated)
    {
        tables.FreeFrames.Take(allocated.FirstFrame, allocated.Pages);
        ref ExtentRecord extent = ref tables.Extents.Take(allocated.Extent);
        extent.FirstFrame = allocated.FirstFrame;
        extent.Pages = allocated.Pages;
        extent.Container = allocated.Container;
        extent.FirstMapping = -1;
        tables.Containers[allocated.Container].Pages += allocated.Pages;
    }

    public void Apply(ControlEvent.MemoryFreed freed)
    {
        ExtentRecord extent = tables.Extents[freed.Extent];
        if (extent.FirstMapping >= 0
            || extent.FirstFrame != freed.FirstFrame
            || extent.Pages != freed.Pages)
        {
            throw new InvalidOperationException(
                $"Extent {freed.Extent} is mapped, or has other frames.");
        }

        tables.FreeFrames.Release(extent.FirstFrame, extent.Pages);
        tables.Containers[extent.Container].Pages -= extent.Pages;
        tables.Extents.Release(freed.Extent);
    }

    public void Apply(ControlEvent.TablesLinked linked)
    {
        Apply(new ControlEvent.PagesMapped(
            linked.Mapping,
            linked.Domain,
            linked.Capability,
            linked.Extent,
            linked.FirstFrame,
            linked.VirtualPage,
            linked.Tables * PagesPerTable,
            CapabilityRights.Read | CapabilityRights.Write));
        tables.Mappings[linked.Mapping].Tables = linked.Tables;
        tables.Containers[tables.Domains[linked.Domain].Container].OwnTables += linked.Tables;
    }

    public void Apply(ControlEvent.TablesUnlinked unlinked)
    {
        tables.Containers[tables.Domains[unlinked.Domain].Container].OwnTables -= unlinked.Tables;
        Apply(new ControlEvent.PagesUnmapped(
            unlinked.Mapping,
            unlinked.Domain,
            unlinked.FirstFrame,
            unlinked.VirtualPage,
            unlinked.Tables * PagesPerTable));
    }

    public void Apply(ControlEvent.PagesMapped mapped)
    {
        ref MappingRecord mapping = ref tables.Mappings.Take(mapped.Mapping);
        mapping.Tables = 0;
        mapping.VirtualPage = mapped.VirtualPage;
        mapping.FirstFrame = mapped.FirstFrame;
        mapping.Pages = mapped.Pages;
        mapping.Domain = mapped.Domain;
        mapping.Extent = mapped.Extent;
        mapping.Capability = mapped.Capability;
        mapping.Rights = (int)mapped.Rights;
        ref DomainRecord domain = ref tables.Domains[mapped.Domain];
        mapping.NextOfDomain = domain.FirstMapping;
        domain.FirstMapping = mapped.Mapping;
        domain.Mappings++;
        ref ExtentRecord extent = ref tables.Extents[mapped.Extent];
        mapping.NextOfExtent = extent.FirstMapping;
        extent.FirstMapping = mapped.Mapping;
    }

    public void Apply(ControlEvent.PagesUnmapped unmapped)
    {
        MappingRecord mapping = tables.Mappings[unmapped.Mapping];
        ref DomainRecord domain = ref tables.Domains[mapping.Domain];
        ref int ofDomain = ref domain.FirstMapping;
        while (ofDomain != unmapped.Mapping)
        {
            ofDomain = ref tables.Mappings[ofDomain].NextOfDomain;
        }

        ofDomain = mapping.NextOfDomain;
        domain.Mappings--;
        ref int ofExtent = ref tables.Extents[mapping.Extent].FirstMapping;
        while (ofExtent != unmapped.Mapping)
        {
            ofExtent = ref tables.Mappings[ofExtent].NextOfExtent;
        }

        ofExtent = mapping.NextOfExtent;
        tables.Mappings.Release(unmapped.Mapping);
    }

    private RefusalReason Check(Command.AllocateMemory command)
    {
        RefusalReason refusal = tables.CheckTenant(command.Caller);
        if (refusal != RefusalReason.None)
        {
            return refusal;
        }

        if (command.Pages < 1)
        {
            return RefusalReason.BadCount;
        }

        ref ContainerRecord container = ref tables.Containers[command.Caller.Slot];
        if (container.Pages + command.Pages > container.MemoryLimitPages)
        {
            return RefusalReason.MemoryLimitReached;
        }

        if (tables.FreeFrames.Count < command.Pages)
        {
            return RefusalReason.OutOfMemory;
        }

        return tables.FreeFrames.Find(command.Pages) < 0
            ? RefusalReason.MemoryFragmented
            : tables.RoomForCapability(command.Caller.Slot);
    }

    private RefusalReason Check(
        Command.MapMemory command, in Capability memory, in DomainRecord domain)
    {
        int extentPages = tables.Extents[memory.Object].Pages;
        if (command.Pages < 1)
        {
            return RefusalReason.BadCount;
        }

        if (command.Rights == CapabilityRights.None
            || (command.Rights & ~(memory.Rights & Mappable)) != 0)
        {
            return RefusalReason.RightMissing;
        }

        if (command.FirstPage < 0
            || command.FirstPage > extentPages - command.Pages
            || command.VirtualPage < tables.Options.FirstPage
            || command.VirtualPage > tables.Options.PagesPerDomain - command.Pages)
        {
            return RefusalReason.OutOfRange;
        }

        return CheckRoom(domain, command.VirtualPage, command.Pages);
    }

    private RefusalReason Check(
        Command.LinkTables command, in Capability memory, in DomainRecord domain)
    {
        if (command.Tables < 1)
        {
            return RefusalReason.BadCount;
        }

        // Guest frames are those of the container whose memory it is.
        int container = command.Caller.Slot;
        if (!memory.Rights.HasFlag(CapabilityRights.Read | CapabilityRights.Write)
            || tables.Extents[memory.Object].Container != container)
        {
            return RefusalReason.RightMissing;
        }

        if (command.FirstPage < 0
            || command.FirstPage > tables.Extents[memory.Object].Pages - command.Tables
            || command.VirtualPage < tables.Options.FirstPage
            || command.VirtualPage % PagesPerTable != 0
            || command.Tables > MostTables
            || command.VirtualPage
                > tables.Options.PagesPerDomain - (command.Tables * PagesPerTable))
        {
            return RefusalReason.OutOfRange;
        }

        return tables.Containers[container].Domains > 1
            ? RefusalReason.SiblingDomains
            : CheckRoom(domain, command.VirtualPage, command.Tables * PagesPerTable);
    }

    private RefusalReason CheckRoom(in DomainRecord domain, long virtualPage, int pages)
    {
        if (domain.Mappings >= tables.Options.MappingsPerDomain)
        {
            return RefusalReason.TooManyMappings;
        }

        for (int at = domain.FirstMapping; at >= 0; at = tables.Mappings[at].NextOfDomain)
        {
            MappingRecord mapping = tables.Mappings[at];
            if (mapping.VirtualPage < virtualPage + pages
                && virtualPage < mapping.VirtualPage + mapping.Pages)
            {
                return RefusalReason.AlreadyMapped;
            }
        }

        return RefusalReason.None;
    }
}
