using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// Plans what falls with a capability. Arrakis revokes by deleting the virtual device (TOCS 2015,
/// section 3.4). The order is: cards, each with its queues stopped first, then its filters,
/// doorbells, rates, its place in the IOMMU and its function; then filters; then memory, mappings
/// before frames; then protection domains; then the container. What is derived falls before what
/// it is derived from, and of several things the newest first.
/// </summary>
internal sealed class Revocation(KernelTables tables)
{
    private static readonly CapabilityKind[] Order =
    [
        CapabilityKind.VirtualInterfaceCard,
        CapabilityKind.Filter,
        CapabilityKind.Memory,
        CapabilityKind.ProtectionDomain,
        CapabilityKind.Container,
    ];

    /// <summary>Revokes capabilities and all that was derived from them.</summary>
    public Decision Revoke(List<int> capabilities)
    {
        var subtrees = new List<int>();
        var seen = new HashSet<int>();
        foreach (int capability in capabilities)
        {
            if (!seen.Contains(capability))
            {
                int first = subtrees.Count;
                tables.Capabilities.AddSubtree(capability, subtrees);
                for (int at = first; at < subtrees.Count; at++)
                {
                    if (!seen.Add(subtrees[at]))
                    {
                        subtrees.RemoveAt(at--);
                    }
                }
            }
        }

        return Plan(subtrees);
    }

    /// <summary>Revokes all that was derived from a capability, but not itself.</summary>
    public Decision RevokeBelow(int capability)
    {
        var subtree = new List<int>();
        tables.Capabilities.AddSubtree(capability, subtree);
        subtree.RemoveAt(subtree.Count - 1);
        return Plan(subtree);
    }

    /// <summary>Plans that a mapping is taken back.</summary>
    public void Unmap(EventPlan plan, int mapping)
    {
        if (plan.Unmaps(mapping))
        {
            MappingRecord record = tables.Mappings[mapping];
            plan.Add(record.Tables > 0
                ? new ControlEvent.TablesUnlinked(
                    mapping, record.Domain, record.FirstFrame, record.VirtualPage, record.Tables)
                : new ControlEvent.PagesUnmapped(
                    mapping, record.Domain, record.FirstFrame, record.VirtualPage, record.Pages));
        }
    }

    private Decision Plan(List<int> subtrees)
    {
        var plan = new EventPlan(tables.Capabilities);
        foreach (CapabilityKind kind in Order)
        {
            foreach (int slot in subtrees)
            {
                Capability capability = tables.Capabilities[slot];
                if (capability.Kind == kind)
                {
                    EndObject(plan, capability);
                    plan.Add(new ControlEvent.CapabilityRevoked(slot, capability.Owner));
                    if (kind == CapabilityKind.Container)
                    {
                        plan.Add(new ControlEvent.ContainerDestroyed(capability.Object));
                    }
                }
            }
        }

        return plan.Accept();
    }

    private void EndObject(EventPlan plan, in Capability capability)
    {
        switch (capability.Kind)
        {
            case CapabilityKind.VirtualInterfaceCard:
                EndCard(plan, capability.Object);
                break;
            case CapabilityKind.Filter:
                EndFilter(plan, capability.Object);
                break;
            case CapabilityKind.Memory:
                EndMemory(plan, capability);
                break;
            case CapabilityKind.ProtectionDomain:
                EndDomain(plan, capability.Object);
                break;
            case CapabilityKind.Container:
                EndContainer(plan, capability.Object);
                break;
            default:
                throw new InvalidOperationException($"{capability.Kind} is never revoked.");
        }
    }

    private void EndCard(EventPlan plan, int card)
    {
        CardRecord record = tables.Cards[card];
        FunctionAddress function = record.Function;
        plan.Add(new ControlEvent.CardStopped(card, function));
        for (int at = record.FirstFilter; at >= 0; at = tables.Filters[at].NextOfCard)
        {
            Unassign(plan, at);
        }

        for (int at = record.FirstDoorbell; at >= 0; at = tables.Doorbells[at].Next)
        {
            plan.Add(new ControlEvent.DoorbellDissociated(
                at, card, tables.Doorbells[at].Vector, function));
        }

        for (int at = record.FirstRate; at >= 0; at = tables.Rates[at].Next)
        {
            RateRecord rate = tables.Rates[at];
            plan.Add(new ControlEvent.RateCleared(
                at, card, rate.Queue, (FilterDirection)rate.Direction, function));
        }

        plan.Add(new ControlEvent.CardDetached(card, record.Domain, function));
        plan.Add(new ControlEvent.CardDeleted(card, record.Domain, function));
    }

    private void EndFilter(EventPlan plan, int filter)
    {
        FilterRecord record = tables.Filters[filter];
        if (record.Card >= 0)
        {
            Unassign(plan, filter);
        }

        plan.Add(new ControlEvent.FilterRemoved(filter, record.Container));
    }

    private void Unassign(EventPlan plan, int filter)
    {
        if (!plan.Unassigns(filter))
        {
            return;
        }

        FilterRecord record = tables.Filters[filter];
        var direction = (FilterDirection)record.Direction;
        FunctionAddress function = tables.Cards[record.Card].Function;
        NetworkRecords network = tables.Networks[function.Network];
        for (int at = record.FirstPredicate; at >= 0; at = tables.Predicates[at].Next)
        {
            if (tables.Predicates[at].IsInstalled != 0)
            {
                plan.Add(new ControlEvent.FilterPredicateWithdrawn(
                    at,
                    filter,
                    record.Card,
                    record.Queue,
                    direction,
                    function,
                    network.Effective(tables.Predicates[at].Fields, direction)));
            }
        }

        plan.Add(new ControlEvent.FilterUnassigned(filter, record.Card, record.Queue));
    }

    private void EndMemory(EventPlan plan, in Capability capability)
    {
        ExtentRecord extent = tables.Extents[capability.Object];
        for (int at = extent.FirstMapping; at >= 0; at = tables.Mappings[at].NextOfExtent)
        {
            if (tables.Mappings[at].Capability == capability.Slot)
            {
                Unmap(plan, at);
            }
        }

        if (tables.Capabilities[capability.Parent].Kind != CapabilityKind.Memory)
        {
            plan.Add(new ControlEvent.MemoryFreed(
                capability.Object, extent.Container, extent.FirstFrame, extent.Pages));
        }
    }

    private void EndDomain(EventPlan plan, int domain)
    {
        DomainRecord record = tables.Domains[domain];
        for (int at = record.FirstMapping; at >= 0; at = tables.Mappings[at].NextOfDomain)
        {
            Unmap(plan, at);
        }

        plan.Add(new ControlEvent.DomainDestroyed(domain, record.Container));
    }

    private void EndContainer(EventPlan plan, int container)
    {
        int at = tables.Containers[container].FirstAddress;
        for (; at >= 0; at = tables.Addresses[at].Next)
        {
            plan.Add(new ControlEvent.AddressReleased(at, container));
        }
    }
}
