using Disguise.Hardware.Nic.Filters;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// A change of the control plane's state, with everything that is needed to make it again and to
/// carry out its effect on the hardware. Events hold numbers only, so that they can be journalled.
/// A card's events carry where it lives; containers, domains and so on are numbers of slots.
/// </summary>
public abstract record ControlEvent
{
    /// <summary>A container exists.</summary>
    public sealed record ContainerCreated(int Container, int Generation, long MemoryLimitPages)
        : ControlEvent;

    /// <summary>A container owns an address.</summary>
    public sealed record AddressAssigned(
        int Address, int Container, ulong Mac, uint Ip, ushort Vlan) : ControlEvent;

    /// <summary>Nobody owns the address any more.</summary>
    public sealed record AddressReleased(int Address, int Container) : ControlEvent;

    /// <summary>A container that has nothing left is gone.</summary>
    public sealed record ContainerDestroyed(int Container) : ControlEvent;

    /// <summary>A capability was derived, and its owner was told the handle.</summary>
    public sealed record CapabilityGranted(
        ulong Handle,
        int Parent,
        CapabilityKind Kind,
        CapabilityRights Rights,
        int Owner,
        int Object) : ControlEvent;

    /// <summary>A capability has another owner and another handle.</summary>
    public sealed record CapabilityTransferred(ulong Handle, int From, int To) : ControlEvent;

    /// <summary>A capability is gone; its handle is dead.</summary>
    public sealed record CapabilityRevoked(int Slot, int Owner) : ControlEvent;

    /// <summary>A protection domain exists.</summary>
    public sealed record DomainCreated(int Domain, int Container) : ControlEvent;

    /// <summary>A protection domain that maps nothing is gone.</summary>
    public sealed record DomainDestroyed(int Domain, int Container) : ControlEvent;

    /// <summary>Frames belong to a container; effect: they are zeroed.</summary>
    public sealed record MemoryAllocated(int Extent, int Container, long FirstFrame, int Pages)
        : ControlEvent;

    /// <summary>Frames that nothing maps are free.</summary>
    public sealed record MemoryFreed(int Extent, int Container, long FirstFrame, int Pages)
        : ControlEvent;

    /// <summary>Pages are mapped; effect: page table entries.</summary>
    public sealed record PagesMapped(
        int Mapping,
        int Domain,
        int Capability,
        int Extent,
        long FirstFrame,
        long VirtualPage,
        int Pages,
        CapabilityRights Rights) : ControlEvent;

    /// <summary>A domain has tables of its own; effect: entries of the level above.</summary>
    public sealed record TablesLinked(
        int Mapping,
        int Domain,
        int Capability,
        int Extent,
        long FirstFrame,
        long VirtualPage,
        int Tables) : ControlEvent;

    /// <summary>A domain has them no longer; effect: entries and TLBs are cleared.</summary>
    public sealed record TablesUnlinked(
        int Mapping, int Domain, long FirstFrame, long VirtualPage, int Tables) : ControlEvent;

    /// <summary>Pages are no longer mapped; effect: entries and TLBs are cleared.</summary>
    public sealed record PagesUnmapped(
        int Mapping, int Domain, long FirstFrame, long VirtualPage, int Pages) : ControlEvent;

    /// <summary>A card exists; effect: its function is enabled with this address.</summary>
    public sealed record CardCreated(
        int Card,
        int Domain,
        FunctionAddress Function,
        int Queues,
        ulong Mac,
        uint Ip,
        ushort Vlan) : ControlEvent;

    /// <summary>Effect: the IOMMU translates the card's DMA by the domain's table.</summary>
    public sealed record CardAttached(int Card, int Domain, FunctionAddress Function)
        : ControlEvent;

    /// <summary>Effect: the card's queues stop.</summary>
    public sealed record CardStopped(int Card, FunctionAddress Function) : ControlEvent;

    /// <summary>Effect: the IOMMU translates nothing for the card any more.</summary>
    public sealed record CardDetached(int Card, int Domain, FunctionAddress Function)
        : ControlEvent;

    /// <summary>A card is gone; effect: its function is reset (function-level reset).</summary>
    public sealed record CardDeleted(int Card, int Domain, FunctionAddress Function)
        : ControlEvent;

    /// <summary>Effect: the queue's event raises this MSI-X vector of the function.</summary>
    public sealed record DoorbellAssociated(
        int Doorbell,
        int Card,
        int Queue,
        DoorbellEvent Event,
        int Vector,
        FunctionAddress Function) : ControlEvent;

    /// <summary>Effect: the vector is masked.</summary>
    public sealed record DoorbellDissociated(
        int Doorbell, int Card, int Vector, FunctionAddress Function) : ControlEvent;

    /// <summary>Effect: the queue's limiter is set.</summary>
    public sealed record RateSet(
        int Rate,
        int Card,
        int Queue,
        FilterDirection Direction,
        long BitsPerSecond,
        FunctionAddress Function) : ControlEvent;

    /// <summary>Effect: the queue's limiter is off.</summary>
    public sealed record RateCleared(
        int Rate, int Card, int Queue, FilterDirection Direction, FunctionAddress Function)
        : ControlEvent;

    /// <summary>A filter exists, as yet without predicates.</summary>
    public sealed record FilterCreated(int Filter, int Container, FilterDirection Direction)
        : ControlEvent;

    /// <summary>A filter has one predicate more.</summary>
    public sealed record FilterPredicateAdded(
        int Predicate, int Filter, FilterPredicate Fields) : ControlEvent;

    /// <summary>A filter is assigned to a queue; its predicates follow.</summary>
    public sealed record FilterAssigned(
        int Filter, int Card, int Queue, FilterDirection Direction, FunctionAddress Function)
        : ControlEvent;

    /// <summary>Effect: the NIC matches by this predicate, for this queue.</summary>
    public sealed record FilterPredicateInstalled(
        int Predicate,
        int Filter,
        int Card,
        int Queue,
        FilterDirection Direction,
        FunctionAddress Function,
        FilterPredicate Fields) : ControlEvent;

    /// <summary>Effect: the NIC does not match by this predicate any more.</summary>
    public sealed record FilterPredicateWithdrawn(
        int Predicate,
        int Filter,
        int Card,
        int Queue,
        FilterDirection Direction,
        FunctionAddress Function,
        FilterPredicate Fields) : ControlEvent;

    /// <summary>A filter whose predicates are withdrawn is on no queue.</summary>
    public sealed record FilterUnassigned(int Filter, int Card, int Queue) : ControlEvent;

    /// <summary>A filter is gone, with its predicates.</summary>
    public sealed record FilterRemoved(int Filter, int Container) : ControlEvent;
}
