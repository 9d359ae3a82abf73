using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;

namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>
/// The capabilities of all domains, a tree: what was derived from one falls with it. To what the
/// table holds comes the badge, by which a receiver knows whose capability a message came by and
/// which its holder can neither see nor change.
/// </summary>
/// <param name="table">The tree.</param>
/// <param name="checksRights">Whether <see cref="KernelGuards.Rights"/> is on.</param>
internal sealed class CapabilitySpaces(CapabilityTable table, bool checksRights = true)
{
    private readonly List<ulong> badges = [];

    /// <summary>The tree.</summary>
    public CapabilityTable Table => table;

    /// <summary>The badge of a live capability; 0 for none.</summary>
    public ulong BadgeOf(int slot) => slot < badges.Count ? badges[slot] : 0;

    /// <summary>Finds a capability by the handle that a domain shows.</summary>
    public KernelResult Find(
        int domain, Handle handle, CapabilityKind kind, CapabilityRights rights,
        out Capability capability)
    {
        var found = Find(domain, handle, out capability);
        if (found != KernelResult.Done)
            return found;
        if (capability.Kind != kind)
            return KernelResult.WrongKind;
        return (capability.Rights & rights) == rights || !checksRights
            ? KernelResult.Done : KernelResult.NoRight;
    }

    /// <summary>Finds a capability of any kind.</summary>
    public KernelResult Find(int domain, Handle handle, out Capability capability)
    {
        var lookup = table.Resolve(handle, domain, out capability);
        if (lookup == HandleLookup.Found && capability.Slot == CapabilityTable.Root)
            return KernelResult.HeldByAnother;
        return lookup switch
        {
            HandleLookup.Found => KernelResult.Done,
            HandleLookup.Revoked => KernelResult.Revoked,
            HandleLookup.HeldByAnother => KernelResult.HeldByAnother,
            _ => KernelResult.NoSuchCapability,
        };
    }

    /// <summary>
    /// Adds a capability that descends from a live one and has no more rights than it. False when
    /// there is no room.
    /// </summary>
    public bool TryGrant(
        int parent, CapabilityKind kind, CapabilityRights rights, int owner, int objectNumber,
        ulong badge, out Handle handle)
    {
        var slot = table.NextSlot(0);
        handle = Handle.None;
        if (slot < 0)
            return false;
        handle = Handle.Of(slot, table.NextTag(0));
        table.Grant(handle, parent, kind, rights, owner, objectNumber);
        while (badges.Count <= slot)
            badges.Add(0);
        badges[slot] = badge;
        return true;
    }

    /// <summary>
    /// Derives a capability to the same object: of fewer rights or the same, with a badge where
    /// the parent has none. The parent must have the right to grant.
    /// </summary>
    public KernelResult Mint(
        in Capability parent, CapabilityRights rights, ulong badge, int owner, out Handle handle)
    {
        handle = Handle.None;
        if ((parent.Rights & CapabilityRights.Grant) == 0 || (rights & ~parent.Rights) != 0)
            return KernelResult.NoRight;
        // One answer is given once, by one; an interrupt has one driver.
        if (parent.Kind is CapabilityKind.Reply or CapabilityKind.Interrupt)
            return KernelResult.WrongKind;
        var known = BadgeOf(parent.Slot);
        if (known != 0 && badge != known && badge != 0)
            return KernelResult.NoRight;
        return TryGrant(
            parent.Slot, parent.Kind, rights, owner, parent.Object, known != 0 ? known : badge,
            out handle) ? KernelResult.Done : KernelResult.CapabilitiesExhausted;
    }
}
