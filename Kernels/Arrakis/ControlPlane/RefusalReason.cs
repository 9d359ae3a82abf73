namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>Why the control plane refuses a command. Each is counted by itself.</summary>
public enum RefusalReason : byte
{
    /// <summary>Not refused.</summary>
    None,

    /// <summary>The caller, or the container named, is not or no longer there.</summary>
    NoSuchContainer,

    /// <summary>Only the machine's operator may ask for this.</summary>
    NotTheOperator,

    /// <summary>The operator is not a container and cannot have this.</summary>
    NotAContainer,

    /// <summary>The handle was never granted.</summary>
    ForgedHandle,

    /// <summary>The handle's capability has been revoked.</summary>
    RevokedHandle,

    /// <summary>The handle is another container's.</summary>
    ForeignHandle,

    /// <summary>The handle is to another kind of thing.</summary>
    WrongKind,

    /// <summary>The capability does not allow this.</summary>
    RightMissing,

    /// <summary>The machine has as many containers as it can.</summary>
    TooManyContainers,

    /// <summary>The machine has as many capabilities as it can.</summary>
    CapabilityTableFull,

    /// <summary>The container has as many capabilities as it may.</summary>
    TooManyCapabilities,

    /// <summary>The receiver has as many capabilities from others as it may.</summary>
    ReceiverFull,

    /// <summary>Giving to oneself.</summary>
    GivenToOneself,

    /// <summary>This capability stays with its container, or is in use.</summary>
    NotTransferable,

    /// <summary>Not a unicast MAC address, an IPv4 address and a VLAN.</summary>
    BadAddress,

    /// <summary>A container has the address already.</summary>
    AddressTaken,

    /// <summary>The container has as many addresses as it may, or asks for none.</summary>
    BadAddressCount,

    /// <summary>The container has as many protection domains as it may.</summary>
    TooManyDomains,

    /// <summary>A card is mapped to the protection domain.</summary>
    DomainInUse,

    /// <summary>
    /// A domain with page tables of its own reaches all that its container has: it has no
    /// siblings.
    /// </summary>
    SiblingDomains,

    /// <summary>A count below 1, or a limit below 0.</summary>
    BadCount,

    /// <summary>The container may not have that many pages.</summary>
    MemoryLimitReached,

    /// <summary>The machine has not that many free frames.</summary>
    OutOfMemory,

    /// <summary>It has, but not in one piece.</summary>
    MemoryFragmented,

    /// <summary>Pages outside the extent or outside the address space.</summary>
    OutOfRange,

    /// <summary>Something is mapped there.</summary>
    AlreadyMapped,

    /// <summary>No mapping starts there.</summary>
    NotMapped,

    /// <summary>The protection domain has as many mappings as it may.</summary>
    TooManyMappings,

    /// <summary>The machine has no such NIC.</summary>
    NoSuchNetwork,

    /// <summary>The container has no address of this number.</summary>
    NoSuchAddress,

    /// <summary>A card has not that many queues.</summary>
    BadQueueCount,

    /// <summary>All virtual functions are taken, and they are not emulated.</summary>
    FunctionsExhausted,

    /// <summary>All virtual functions are taken, and all software cards too.</summary>
    SoftwareCardsExhausted,

    /// <summary>There is no such card.</summary>
    NoSuchCard,

    /// <summary>The card has no such queue.</summary>
    NoSuchQueue,

    /// <summary>The doorbell's event is unknown.</summary>
    NoSuchEvent,

    /// <summary>The queue has a doorbell for this event.</summary>
    DoorbellExists,

    /// <summary>All of the card's interrupt vectors are taken.</summary>
    VectorsExhausted,

    /// <summary>The rate is below the limiter's range or above the link's.</summary>
    RateOutOfRange,

    /// <summary>The direction is unknown.</summary>
    NoSuchDirection,

    /// <summary>The filter specification is malformed.</summary>
    FilterMalformed,

    /// <summary>A peer does not fit the filter's level.</summary>
    FilterPeerNotOfLevel,

    /// <summary>A service does not fit the filter's level.</summary>
    FilterServiceNotOfLevel,

    /// <summary>Peers times services are too many.</summary>
    FilterTooLarge,

    /// <summary>The filter covers traffic that is not the container's.</summary>
    AddressNotOwned,

    /// <summary>The container has as many filters as it may.</summary>
    TooManyFilters,

    /// <summary>The filter is assigned to a queue already.</summary>
    FilterAssigned,

    /// <summary>The card has as many filters as it may.</summary>
    TooManyFiltersOnCard,

    /// <summary>Another filter that is assigned would match the same frames.</summary>
    FilterOverlaps,

    /// <summary>The NIC holds as many predicates as it can.</summary>
    PredicatesExhausted,

    /// <summary>The NIC tells as many masks apart as it can.</summary>
    MasksExhausted,
}
