using Disguise.Actors.Faults;
using Disguise.Hardware.Nic.Filters;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// The Arrakis control plane (TOCS 2015, section 3.4): allocates cards, filters, rates and memory
/// to application containers, and takes them back. A pure state machine: <see cref="Decide"/>
/// checks a command and says what would happen, <see cref="Apply"/> makes it so and cannot fail.
/// The caller applies all events of a decision, in order, before it decides anything else, and
/// carries out each event's effect on the hardware as it applies it; its reply may wait for the
/// journal. The events applied to a fresh control plane with the same arguments give the same
/// state, and the same decisions ever after.
/// </summary>
public sealed class ArrakisControlPlane
{
    private readonly KernelTables tables;
    private readonly ContainerBook containers;
    private readonly MemoryBook memory;
    private readonly CardBook cards;
    private readonly FilterBook filters;
    private readonly TransferDecision transfers;

    /// <summary>A control plane without containers.</summary>
    /// <param name="options">The machine and its limits; throws if they contradict.</param>
    /// <param name="tags">Draws handles, from the machine's seeded generator.</param>
    /// <param name="guards">Which checks are on.</param>
    public ArrakisControlPlane(ControlPlaneOptions options, in HandleTags tags, Guards guards)
    {
        Check(options);
        tables = new KernelTables(options, tags, guards);
        var revocation = new Revocation(tables);
        containers = new ContainerBook(tables, revocation);
        memory = new MemoryBook(tables, revocation);
        cards = new CardBook(tables, revocation);
        filters = new FilterBook(tables, revocation);
        transfers = new TransferDecision(tables);
    }

    /// <summary>The machine and its limits.</summary>
    public ControlPlaneOptions Options => tables.Options;

    /// <summary>All capabilities, for referees and `inspect`; not to be changed.</summary>
    public IEnumerable<Capability> Capabilities => tables.Capabilities.All();

    /// <summary>How many frames no container has.</summary>
    public long FreeFrames => tables.FreeFrames.Count;

    /// <summary>
    /// A digest of the state: equal for equal states, in any process and on any platform.
    /// </summary>
    public ulong Digest => tables.Digest();

    /// <summary>Checks a command; changes nothing.</summary>
    public Decision Decide(Command command) => command switch
    {
        Command.CreateContainer create => containers.Decide(create),
        Command.DestroyContainer destroy => containers.Decide(destroy),
        Command.CreateDomain create => containers.Decide(create),
        Command.DestroyDomain destroy => containers.Decide(destroy),
        Command.AllocateMemory allocate => memory.Decide(allocate),
        Command.FreeMemory free => memory.Decide(free),
        Command.MapMemory map => memory.Decide(map),
        Command.LinkTables link => memory.Decide(link),
        Command.UnmapMemory unmap => memory.Decide(unmap),
        Command.ShareMemory share => memory.Decide(share),
        Command.RevokeShares revoke => memory.Decide(revoke),
        Command.TransferCapability transfer => transfers.Decide(transfer),
        Command.CreateCard create => cards.Decide(create),
        Command.DeleteCard delete => cards.Decide(delete),
        Command.RevokeCard revoke => cards.Decide(revoke),
        Command.AssociateDoorbell associate => cards.Decide(associate),
        Command.SetRate set => cards.Decide(set),
        Command.CreateFilter create => filters.Decide(create),
        Command.AssignFilter assign => filters.Decide(assign),
        Command.RemoveFilter remove => filters.Decide(remove),
        _ => throw new InvalidOperationException($"Unknown command {command.GetType().Name}."),
    };

    /// <summary>
    /// Makes a change; throws <see cref="InvalidOperationException"/> if it does not fit the
    /// state, which a decision's events always do.
    /// </summary>
    public void Apply(ControlEvent @event)
    {
        switch (@event)
        {
            case ControlEvent.ContainerCreated created: containers.Apply(created); break;
            case ControlEvent.ContainerDestroyed destroyed: containers.Apply(destroyed); break;
            case ControlEvent.AddressAssigned assigned: containers.Apply(assigned); break;
            case ControlEvent.AddressReleased released: containers.Apply(released); break;
            case ControlEvent.DomainCreated created: containers.Apply(created); break;
            case ControlEvent.DomainDestroyed destroyed: containers.Apply(destroyed); break;
            case ControlEvent.CapabilityGranted granted: Grant(granted); break;
            case ControlEvent.CapabilityTransferred transferred:
                tables.Capabilities.Transfer(new Handle(transferred.Handle), transferred.To);
                break;
            case ControlEvent.CapabilityRevoked revoked:
                tables.Capabilities.Revoke(revoked.Slot);
                break;
            case ControlEvent.MemoryAllocated allocated: memory.Apply(allocated); break;
            case ControlEvent.MemoryFreed freed: memory.Apply(freed); break;
            case ControlEvent.PagesMapped mapped: memory.Apply(mapped); break;
            case ControlEvent.PagesUnmapped unmapped: memory.Apply(unmapped); break;
            case ControlEvent.TablesLinked linked: memory.Apply(linked); break;
            case ControlEvent.TablesUnlinked unlinked: memory.Apply(unlinked); break;
            case ControlEvent.CardCreated created: cards.Apply(created); break;
            case ControlEvent.CardAttached attached:
                cards.ApplyAttached(attached.Card, isAttached: true);
                break;
            case ControlEvent.CardStopped: break; // all effect: nothing follows but the end
            case ControlEvent.CardDetached detached:
                cards.ApplyAttached(detached.Card, isAttached: false);
                break;
            case ControlEvent.CardDeleted deleted: cards.Apply(deleted); break;
            case ControlEvent.DoorbellAssociated associated: cards.Apply(associated); break;
            case ControlEvent.DoorbellDissociated dissociated: cards.Apply(dissociated); break;
            case ControlEvent.RateSet set: cards.Apply(set); break;
            case ControlEvent.RateCleared cleared: cards.Apply(cleared); break;
            case ControlEvent.FilterCreated created: filters.Apply(created); break;
            case ControlEvent.FilterPredicateAdded added: filters.Apply(added); break;
            case ControlEvent.FilterAssigned assigned: filters.Apply(assigned); break;
            case ControlEvent.FilterPredicateInstalled installed:
                filters.Apply(installed);
                break;
            case ControlEvent.FilterPredicateWithdrawn withdrawn:
                filters.Apply(withdrawn);
                break;
            case ControlEvent.FilterUnassigned unassigned: filters.Apply(unassigned); break;
            case ControlEvent.FilterRemoved removed: filters.Apply(removed); break;
            default:
                throw new InvalidOperationException($"Unknown event {@event.GetType().Name}.");
        }
    }

    /// <summary>
    /// The introspection interface: what a container may have of a NIC. Refuses an unknown
    /// container and an unknown NIC; then the limits are null.
    /// </summary>
    public RefusalReason QueryLimits(ContainerId caller, int network, out Limits? limits)
    {
        limits = null;
        RefusalReason refusal = tables.CheckTenant(caller);
        if (refusal != RefusalReason.None)
        {
            return refusal;
        }

        if ((uint)network >= (uint)tables.Networks.Length)
        {
            return RefusalReason.NoSuchNetwork;
        }

        ContainerRecord container = tables.Containers[caller.Slot];
        ControlPlaneOptions options = tables.Options;
        limits = new Limits(
            tables.Networks[network].Options,
            container.MemoryLimitPages - container.Pages,
            options.CapabilitiesPerContainer - tables.Capabilities.CountOf(caller.Slot),
            options.DomainsPerContainer - container.Domains,
            options.FiltersPerContainer - container.Filters,
            options.FiltersPerCard);
        return RefusalReason.None;
    }

    /// <summary>Whether a container, or the operator, is there.</summary>
    public bool IsAlive(ContainerId container) => tables.IsAlive(container);

    /// <summary>All containers, without the operator, in order of their slots.</summary>
    public IEnumerable<ContainerId> Containers()
    {
        for (int slot = 1; slot < tables.Containers.HighWater; slot++)
        {
            if (tables.Containers.IsInUse(slot))
            {
                yield return new ContainerId(slot, tables.Containers[slot].Generation);
            }
        }
    }

    /// <summary>All extents that containers have, in order of their numbers.</summary>
    public IEnumerable<MemoryExtent> Extents()
    {
        for (int slot = 0; slot < tables.Extents.HighWater; slot++)
        {
            if (tables.Extents.IsInUse(slot))
            {
                ExtentRecord extent = tables.Extents[slot];
                yield return new MemoryExtent(
                    slot, extent.Container, extent.FirstFrame, extent.Pages);
            }
        }
    }

    /// <summary>All mappings, in order of their numbers.</summary>
    public IEnumerable<MappedPages> Mappings()
    {
        for (int slot = 0; slot < tables.Mappings.HighWater; slot++)
        {
            if (tables.Mappings.IsInUse(slot))
            {
                MappingRecord mapping = tables.Mappings[slot];
                yield return new MappedPages(
                    slot,
                    mapping.Domain,
                    tables.Domains[mapping.Domain].Container,
                    mapping.Extent,
                    mapping.Capability,
                    mapping.FirstFrame,
                    mapping.VirtualPage,
                    mapping.Tables > 0 ? mapping.Tables : mapping.Pages,
                    (CapabilityRights)mapping.Rights);
            }
        }
    }

    /// <summary>All cards, in order of their numbers.</summary>
    public IEnumerable<VirtualInterfaceCard> Cards()
    {
        for (int slot = 0; slot < tables.Cards.HighWater; slot++)
        {
            if (tables.Cards.IsInUse(slot))
            {
                CardRecord card = tables.Cards[slot];
                yield return new VirtualInterfaceCard(
                    slot,
                    tables.Domains[card.Domain].Container,
                    card.Domain,
                    card.Function,
                    card.Queues,
                    card.Filters);
            }
        }
    }

    /// <summary>All filters, in order of their numbers.</summary>
    public IEnumerable<KnownFilter> Filters()
    {
        for (int slot = 0; slot < tables.Filters.HighWater; slot++)
        {
            if (tables.Filters.IsInUse(slot))
            {
                FilterRecord filter = tables.Filters[slot];
                (int predicates, int installed) = (0, 0);
                for (int at = filter.FirstPredicate; at >= 0; at = tables.Predicates[at].Next)
                {
                    predicates++;
                    installed += tables.Predicates[at].IsInstalled;
                }

                yield return new KnownFilter(
                    slot, filter.Container, (FilterDirection)filter.Direction, filter.Card,
                    filter.Queue, predicates, installed);
            }
        }
    }

    /// <summary>The cards of a container, with the handles that it has of them.</summary>
    internal List<(int Card, Handle Handle)> CardsOf(ContainerId container)
    {
        var cards = new List<(int Card, Handle Handle)>();
        for (int slot = 0; slot < tables.Cards.HighWater; slot++)
        {
            if (tables.Cards.IsInUse(slot)
                && tables.Domains[tables.Cards[slot].Domain].Container == container.Slot)
            {
                cards.Add((slot, tables.Capabilities.HandleOf(tables.Cards[slot].Capability)));
            }
        }

        return cards;
    }

    private static void Check(ControlPlaneOptions options)
    {
        bool isGood = options is
        {
            FirstFrame: >= 0,
            FrameCount: >= 0,
            Containers: > 0,
            Capabilities: > 0,
            CapabilitiesPerContainer: > 1,
        };
        foreach (NetworkOptions network in options.Networks)
        {
            isGood &= network.VirtualFunctions is >= 0 and <= 4096
                && network.SoftwareCards >= 0
                && network.VectorsPerCard is > 0 and <= 2048
                && network.ReceiveMasks is > 0 and <= FilterTable.MaskLimit;
        }

        if (!isGood || options.Networks.Count > ushort.MaxValue)
        {
            throw new InvalidOperationException("The control plane's limits contradict.");
        }
    }

    private void Grant(ControlEvent.CapabilityGranted granted)
    {
        var handle = new Handle(granted.Handle);
        tables.Capabilities.Grant(
            handle,
            granted.Parent,
            granted.Kind,
            granted.Rights,
            granted.Owner,
            granted.Object);
        if (granted.Kind == CapabilityKind.Container)
        {
            tables.Containers[granted.Object].Capability = handle.Slot;
        }
        else if (granted.Kind == CapabilityKind.VirtualInterfaceCard)
        {
            tables.Cards[granted.Object].Capability = handle.Slot;
        }
    }
}
