using Disguise.Actors.Faults;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Disguise.Kernels.Records;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>All state of one control plane: tables of records, and what is free.</summary>
internal sealed class KernelTables
{
    // Every extent, domain, card and filter has a capability, and mappings, doorbells, rates and
    // predicates are limited by what they belong to: those limits are what bounds these tables.
    private const int BoundedElsewhere = int.MaxValue;

    public KernelTables(ControlPlaneOptions options, in HandleTags tags, Guards guards)
    {
        Options = options;
        ChecksFilterOwnership = guards.IsOn(FilterOwnership.Guard);
        Capabilities = new CapabilityTable(tags, options.Capabilities, guards);
        Containers = new Slots<ContainerRecord>(options.Containers + 1);
        Containers.Take(ContainerId.Operator.Slot);
        Macs = new AddressIndex(Addresses, byMac: true);
        Ips = new AddressIndex(Addresses, byMac: false);
        FreeFrames = new FreeFrames(options.FirstFrame, options.FrameCount);
        Networks = [.. options.Networks.Select(network => new NetworkRecords(network))];
    }

    public ControlPlaneOptions Options { get; }

    public bool ChecksFilterOwnership { get; }

    public CapabilityTable Capabilities { get; }

    public Slots<ContainerRecord> Containers { get; }

    public Slots<AddressRecord> Addresses { get; } = new(BoundedElsewhere);

    public Slots<DomainRecord> Domains { get; } = new(BoundedElsewhere);

    public Slots<ExtentRecord> Extents { get; } = new(BoundedElsewhere);

    public Slots<MappingRecord> Mappings { get; } = new(BoundedElsewhere);

    public Slots<CardRecord> Cards { get; } = new(BoundedElsewhere);

    public Slots<DoorbellRecord> Doorbells { get; } = new(BoundedElsewhere);

    public Slots<RateRecord> Rates { get; } = new(BoundedElsewhere);

    public Slots<FilterRecord> Filters { get; } = new(BoundedElsewhere);

    public Slots<PredicateRecord> Predicates { get; } = new(BoundedElsewhere);

    public FreeFrames FreeFrames { get; }

    public NetworkRecords[] Networks { get; }

    /// <summary>MAC addresses that containers own.</summary>
    public AddressIndex Macs { get; }

    /// <summary>IPv4 addresses that containers own.</summary>
    public AddressIndex Ips { get; }

    /// <summary>Whether this container, or the operator, is there.</summary>
    public bool IsAlive(ContainerId id) =>
        Containers.IsInUse(id.Slot) && Containers[id.Slot].Generation == id.Generation;

    /// <summary>Whether a caller may ask what a tenant asks.</summary>
    public RefusalReason CheckTenant(ContainerId caller) =>
        !IsAlive(caller)
            ? RefusalReason.NoSuchContainer
            : caller == ContainerId.Operator ? RefusalReason.NotAContainer : RefusalReason.None;

    /// <summary>Whether a caller may ask what the operator asks.</summary>
    public static RefusalReason CheckOperator(ContainerId caller) =>
        caller == ContainerId.Operator ? RefusalReason.None : RefusalReason.NotTheOperator;

    /// <summary>The capability that a tenant shows by a handle, if it is of the kind.</summary>
    public RefusalReason Resolve(
        ContainerId caller, Handle handle, CapabilityKind kind, out Capability capability)
    {
        capability = default;
        RefusalReason refusal = CheckTenant(caller);
        if (refusal != RefusalReason.None)
        {
            return refusal;
        }

        return Capabilities.Resolve(handle, caller.Slot, out capability) switch
        {
            HandleLookup.Found when capability.Kind != kind => RefusalReason.WrongKind,
            HandleLookup.Found => RefusalReason.None,
            HandleLookup.Revoked => RefusalReason.RevokedHandle,
            HandleLookup.HeldByAnother => RefusalReason.ForeignHandle,
            _ => RefusalReason.ForgedHandle,
        };
    }

    /// <summary>Whether a container can have one capability more.</summary>
    public RefusalReason RoomForCapability(int container) =>
        Capabilities.CountOf(container) >= Options.CapabilitiesPerContainer
            ? RefusalReason.TooManyCapabilities
            : Capabilities.NextSlot(0) < 0
                ? RefusalReason.CapabilityTableFull
                : RefusalReason.None;

    /// <summary>Whether a container can be given a capability by another.</summary>
    public RefusalReason CheckReceiver(ContainerId giver, ContainerId receiver)
    {
        if (!IsAlive(receiver))
        {
            return RefusalReason.NoSuchContainer;
        }

        if (receiver == ContainerId.Operator)
        {
            return RefusalReason.NotAContainer;
        }

        return receiver == giver
            ? RefusalReason.GivenToOneself
            : Capabilities.CountOf(receiver.Slot) >= Options.CapabilitiesPerContainer / 2
                ? RefusalReason.ReceiverFull
                : RefusalReason.None;
    }

    /// <summary>A digest of everything that decides this control plane's future.</summary>
    public ulong Digest()
    {
        var digest = default(StateDigest);
        Capabilities.AddTo(ref digest);
        Containers.AddTo(ref digest);
        Addresses.AddTo(ref digest);
        Domains.AddTo(ref digest);
        Extents.AddTo(ref digest);
        Mappings.AddTo(ref digest);
        Cards.AddTo(ref digest);
        Doorbells.AddTo(ref digest);
        Rates.AddTo(ref digest);
        Filters.AddTo(ref digest);
        Predicates.AddTo(ref digest);
        FreeFrames.AddTo(ref digest);
        foreach (NetworkRecords network in Networks)
        {
            network.AddTo(ref digest);
        }

        return digest.Value;
    }
}
