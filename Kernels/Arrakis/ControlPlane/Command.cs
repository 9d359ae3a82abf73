using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// What may be asked of the Arrakis control plane (TOCS 2015, section 3.4). The caller is who the
/// message came from, never what the message says. Pages and frames have 4 KiB.
/// </summary>
public abstract record Command(ContainerId Caller)
{
    /// <summary>Operator: a container with its addresses and the pages it may have.</summary>
    public sealed record CreateContainer(
        ContainerId Caller, IReadOnlyList<ContainerAddress> Addresses, long MemoryLimitPages)
        : Command(Caller);

    /// <summary>Operator: ends a container and frees everything it has.</summary>
    public sealed record DestroyContainer(ContainerId Caller, ContainerId Container)
        : Command(Caller);

    /// <summary>A protection domain in the caller.</summary>
    public sealed record CreateDomain(ContainerId Caller) : Command(Caller);

    /// <summary>Ends a protection domain to which no card is mapped.</summary>
    public sealed record DestroyDomain(ContainerId Caller, Handle Domain) : Command(Caller);

    /// <summary>Frames that follow each other, zeroed.</summary>
    public sealed record AllocateMemory(ContainerId Caller, int Pages) : Command(Caller);

    /// <summary>
    /// Frees an extent, with all shares and mappings of it; or gives up a share.
    /// </summary>
    public sealed record FreeMemory(ContainerId Caller, Handle Memory) : Command(Caller);

    /// <summary>
    /// Maps pages of an extent, from its page <paramref name="FirstPage"/> on, into a domain.
    /// </summary>
    public sealed record MapMemory(
        ContainerId Caller,
        Handle Memory,
        Handle Domain,
        int FirstPage,
        long VirtualPage,
        int Pages,
        CapabilityRights Rights) : Command(Caller);

    /// <summary>
    /// Has a domain translate by tables of its own: pages of an extent of the caller's become
    /// tables of the last level, for 512 virtual pages each. What they lead to the second stage
    /// holds to the container, so the domain must be its only one. Taken back as a mapping is.
    /// </summary>
    public sealed record LinkTables(
        ContainerId Caller,
        Handle Memory,
        Handle Domain,
        int FirstPage,
        long VirtualPage,
        int Tables) : Command(Caller);

    /// <summary>Takes back the mapping that starts at a page.</summary>
    public sealed record UnmapMemory(ContainerId Caller, Handle Domain, long VirtualPage)
        : Command(Caller);

    /// <summary>Derives a capability to an extent for another container.</summary>
    public sealed record ShareMemory(
        ContainerId Caller, Handle Memory, ContainerId Receiver, CapabilityRights Rights)
        : Command(Caller);

    /// <summary>Revokes all that was derived from a capability to memory, not itself.</summary>
    public sealed record RevokeShares(ContainerId Caller, Handle Memory) : Command(Caller);

    /// <summary>Gives a filter that is not assigned, or a share of memory, away.</summary>
    public sealed record TransferCapability(
        ContainerId Caller, Handle Capability, ContainerId Receiver) : Command(Caller);

    /// <summary>
    /// A virtual interface card on a NIC for one of the caller's addresses, mapped to a domain.
    /// </summary>
    public sealed record CreateCard(
        ContainerId Caller, Handle Domain, int Network, int Queues, int Address = 0)
        : Command(Caller);

    /// <summary>Deletes a card.</summary>
    public sealed record DeleteCard(ContainerId Caller, Handle Card) : Command(Caller);

    /// <summary>Operator: deletes a card by its number, whoever has it.</summary>
    public sealed record RevokeCard(ContainerId Caller, int Card) : Command(Caller);

    /// <summary>Associates a doorbell with an event on a queue of a card.</summary>
    public sealed record AssociateDoorbell(
        ContainerId Caller, Handle Card, int Queue, DoorbellEvent Event) : Command(Caller);

    /// <summary>A filter; it does nothing until it is assigned.</summary>
    public sealed record CreateFilter(ContainerId Caller, FilterSpecification Specification)
        : Command(Caller);

    /// <summary>Assigns a filter to a queue of a card: from now on it sends or receives.</summary>
    public sealed record AssignFilter(ContainerId Caller, Handle Filter, Handle Card, int Queue)
        : Command(Caller);

    /// <summary>Removes a filter, from its queue too.</summary>
    public sealed record RemoveFilter(ContainerId Caller, Handle Filter) : Command(Caller);

    /// <summary>Limits a queue's rate; may be asked again with another.</summary>
    public sealed record SetRate(
        ContainerId Caller,
        Handle Card,
        int Queue,
        FilterDirection Direction,
        long BitsPerSecond) : Command(Caller);
}
