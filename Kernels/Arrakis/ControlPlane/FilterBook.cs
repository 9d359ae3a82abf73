using Disguise.Hardware.Nic.Filters;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// Packet filters. There are no priorities, so two receive filters that are assigned may overlap
/// only where both lead to one queue. Filters of different containers never overlap, since each
/// names an address that its container owns: only those of one container are compared.
/// </summary>
internal sealed class FilterBook(KernelTables tables, Revocation revocation)
{
    public Decision Decide(Command.CreateFilter command)
    {
        RefusalReason refusal = tables.CheckTenant(command.Caller);
        var predicates = new List<FilterPredicate>();
        if (refusal == RefusalReason.None)
        {
            refusal = Check(command, predicates);
        }

        if (refusal != RefusalReason.None)
        {
            return Decision.Refuse(refusal);
        }

        int container = command.Caller.Slot;
        int filter = tables.Filters.Peek(0);
        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.FilterCreated(
            filter, container, command.Specification.Direction));
        for (int at = 0; at < predicates.Count; at++)
        {
            plan.Add(new ControlEvent.FilterPredicateAdded(
                tables.Predicates.Peek(at), filter, predicates[at]));
        }

        plan.Grant(
            tables.Containers[container].Capability,
            CapabilityKind.Filter,
            CapabilityRights.All,
            container,
            filter);
        return plan.Accept();
    }

    public Decision Decide(Command.AssignFilter command)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Filter, CapabilityKind.Filter, out Capability filter);
        Capability card = default;
        if (refusal == RefusalReason.None)
        {
            refusal = tables.Resolve(
                command.Caller, command.Card, CapabilityKind.VirtualInterfaceCard, out card);
        }

        if (refusal == RefusalReason.None)
        {
            refusal = Check(filter.Object, card.Object, command.Queue);
        }

        return refusal == RefusalReason.None
            ? Assign(filter.Object, card.Object, command.Queue)
            : Decision.Refuse(refusal);
    }

    public Decision Decide(Command.RemoveFilter command)
    {
        RefusalReason refusal = tables.Resolve(
            command.Caller, command.Filter, CapabilityKind.Filter, out Capability filter);
        return refusal == RefusalReason.None
            ? revocation.Revoke([filter.Slot])
            : Decision.Refuse(refusal);
    }

    public void Apply(ControlEvent.FilterCreated created)
    {
        ref ContainerRecord container = ref tables.Containers[created.Container];
        ref FilterRecord filter = ref tables.Filters.Take(created.Filter);
        filter.Container = created.Container;
        filter.Direction = (int)created.Direction;
        filter.FirstPredicate = -1;
        filter.Card = -1;
        filter.NextOfCard = -1;
        filter.NextOfContainer = container.FirstFilter;
        container.FirstFilter = created.Filter;
        container.Filters++;
    }

    public void Apply(ControlEvent.FilterPredicateAdded added)
    {
        ref FilterRecord filter = ref tables.Filters[added.Filter];
        ref PredicateRecord predicate = ref tables.Predicates.Take(added.Predicate);
        predicate.Fields = added.Fields;
        predicate.Next = filter.FirstPredicate;
        filter.FirstPredicate = added.Predicate;
    }

    public void Apply(ControlEvent.FilterAssigned assigned)
    {
        ref FilterRecord filter = ref tables.Filters[assigned.Filter];
        ref CardRecord card = ref tables.Cards[assigned.Card];
        if (filter.Card >= 0)
        {
            throw new InvalidOperationException($"Filter {assigned.Filter} is assigned twice.");
        }

        filter.Card = assigned.Card;
        filter.Queue = assigned.Queue;
        filter.NextOfCard = card.FirstFilter;
        card.FirstFilter = assigned.Filter;
        card.Filters++;
    }

    public void Apply(ControlEvent.FilterPredicateInstalled installed)
    {
        Mark(installed.Predicate, isInstalled: true);
        if (installed.Direction == FilterDirection.Receive)
        {
            tables.Networks[installed.Function.Network].Install(installed.Fields);
        }
    }

    public void Apply(ControlEvent.FilterPredicateWithdrawn withdrawn)
    {
        Mark(withdrawn.Predicate, isInstalled: false);
        if (withdrawn.Direction == FilterDirection.Receive)
        {
            tables.Networks[withdrawn.Function.Network].Withdraw(withdrawn.Fields);
        }
    }

    public void Apply(ControlEvent.FilterUnassigned unassigned)
    {
        ref FilterRecord filter = ref tables.Filters[unassigned.Filter];
        ref CardRecord card = ref tables.Cards[filter.Card];
        ref int link = ref card.FirstFilter;
        while (link != unassigned.Filter)
        {
            link = ref tables.Filters[link].NextOfCard;
        }

        link = filter.NextOfCard;
        card.Filters--;
        filter.Card = -1;
        filter.NextOfCard = -1;
        filter.Queue = 0;
    }

    public void Apply(ControlEvent.FilterRemoved removed)
    {
        FilterRecord filter = tables.Filters[removed.Filter];
        ref ContainerRecord container = ref tables.Containers[filter.Container];
        ref int link = ref container.FirstFilter;
        while (link != removed.Filter)
        {
            link = ref tables.Filters[link].NextOfContainer;
        }

        link = filter.NextOfContainer;
        container.Filters--;
        int predicate = filter.FirstPredicate;
        while (predicate >= 0)
        {
            int next = tables.Predicates[predicate].Next;
            if (tables.Predicates[predicate].IsInstalled != 0)
            {
                throw new InvalidOperationException($"Filter {removed.Filter} is installed.");
            }

            tables.Predicates.Release(predicate);
            predicate = next;
        }

        tables.Filters.Release(removed.Filter);
    }

    private Decision Assign(int filter, int card, int queue)
    {
        var direction = (FilterDirection)tables.Filters[filter].Direction;
        FunctionAddress function = tables.Cards[card].Function;
        NetworkRecords network = tables.Networks[function.Network];
        var plan = new EventPlan(tables.Capabilities);
        plan.Add(new ControlEvent.FilterAssigned(filter, card, queue, direction, function));

        // A NIC that looks at less than the predicates say may see the same in several of them.
        var installed = new List<FilterPredicate>();
        int at = tables.Filters[filter].FirstPredicate;
        for (; at >= 0; at = tables.Predicates[at].Next)
        {
            FilterPredicate fields =
                network.Effective(tables.Predicates[at].Fields, direction);
            if (!installed.Contains(fields))
            {
                installed.Add(fields);
                plan.Add(new ControlEvent.FilterPredicateInstalled(
                    at, filter, card, queue, direction, function, fields));
            }
        }

        return plan.Accept();
    }

    private RefusalReason Check(Command.CreateFilter command, List<FilterPredicate> predicates)
    {
        RefusalReason refusal =
            FilterTranslation.Translate(command.Specification, predicates) switch
            {
                FilterRefusal.None => RefusalReason.None,
                FilterRefusal.PeerNotOfLevel => RefusalReason.FilterPeerNotOfLevel,
                FilterRefusal.ServiceNotOfLevel => RefusalReason.FilterServiceNotOfLevel,
                FilterRefusal.TooManyPredicates => RefusalReason.FilterTooLarge,
                _ => RefusalReason.FilterMalformed,
            };
        if (refusal != RefusalReason.None)
        {
            return refusal;
        }

        int container = command.Caller.Slot;
        if (tables.ChecksFilterOwnership
            && !predicates.TrueForAll(predicate =>
                IsOwned(container, predicate, command.Specification.Direction)))
        {
            return RefusalReason.AddressNotOwned;
        }

        return tables.Containers[container].Filters >= tables.Options.FiltersPerContainer
            ? RefusalReason.TooManyFilters
            : tables.RoomForCapability(container);
    }

    private bool IsOwned(
        int container, in FilterPredicate predicate, FilterDirection direction)
    {
        int at = tables.Containers[container].FirstAddress;
        for (; at >= 0; at = tables.Addresses[at].Next)
        {
            AddressRecord address = tables.Addresses[at];
            if (FilterOwnership.Holds(
                predicate, direction, address.Mac, address.Ip, address.Vlan))
            {
                return true;
            }
        }

        return false;
    }

    private RefusalReason Check(int filter, int card, int queue)
    {
        FilterRecord record = tables.Filters[filter];
        CardRecord target = tables.Cards[card];
        if ((uint)queue >= (uint)target.Queues)
        {
            return RefusalReason.NoSuchQueue;
        }

        if (record.Card >= 0)
        {
            return RefusalReason.FilterAssigned;
        }

        if (target.Filters >= tables.Options.FiltersPerCard)
        {
            return RefusalReason.TooManyFiltersOnCard;
        }

        if (!record.Receives)
        {
            return RefusalReason.None;
        }

        NetworkRecords network = tables.Networks[target.Network];
        List<FilterPredicate> predicates = Effective(record, network);
        int other = tables.Containers[record.Container].FirstFilter;
        for (; other >= 0; other = tables.Filters[other].NextOfContainer)
        {
            FilterRecord present = tables.Filters[other];
            if (present.Card >= 0
                && present.Receives
                && tables.Cards[present.Card].Network == target.Network
                && (present.Card != card || present.Queue != queue)
                && AnyOverlap(predicates, Effective(present, network)))
            {
                return RefusalReason.FilterOverlaps;
            }
        }

        return network.RoomFor(predicates);
    }

    private List<FilterPredicate> Effective(in FilterRecord filter, NetworkRecords network)
    {
        var predicates = new List<FilterPredicate>();
        for (int at = filter.FirstPredicate; at >= 0; at = tables.Predicates[at].Next)
        {
            predicates.Add(network.Effective(
                tables.Predicates[at].Fields, (FilterDirection)filter.Direction));
        }

        return predicates;
    }

    private static bool AnyOverlap(List<FilterPredicate> some, List<FilterPredicate> others)
    {
        foreach (FilterPredicate one in some)
        {
            foreach (FilterPredicate other in others)
            {
                if (FilterPredicate.Overlaps(one, other))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void Mark(int predicate, bool isInstalled)
    {
        ref PredicateRecord record = ref tables.Predicates[predicate];
        if ((record.IsInstalled != 0) == isInstalled)
        {
            throw new InvalidOperationException(
                $"Predicate {predicate} is installed or withdrawn twice.");
        }

        record.IsInstalled = isInstalled ? 1 : 0;
    }
}
