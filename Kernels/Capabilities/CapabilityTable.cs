using Disguise.Actors.Faults;
using Disguise.Kernels.Records;

namespace Disguise.Kernels.Capabilities;

/// <summary>
/// All capabilities of one kernel, a tree: every one but the root is derived from a live parent and
/// falls with it. Tenants name them by <see cref="Handle"/>; a look-up is one array access. About
/// 44 bytes a capability. Foretelling (<see cref="NextSlot"/>, <see cref="NextTag"/>) changes
/// nothing, so that a kernel can decide first and apply afterwards.
/// </summary>
public sealed class CapabilityTable
{
    /// <summary>The slot of the root.</summary>
    public const int Root = 0;

    private readonly Slots<CapabilityRecord> records;
    private readonly List<Holder> holders = [];
    private readonly HandleTags tags;
    private readonly bool checksHandles;
    private long grants;

    /// <summary>A table that holds the root capability, all rights, held by holder 0.</summary>
    /// <param name="tags">Draws the handles' tags.</param>
    /// <param name="capacity">How many capabilities it can hold, at most 2^24.</param>
    /// <param name="guards">Whether <see cref="CapabilityGuards.Handle"/> is on.</param>
    public CapabilityTable(in HandleTags tags, int capacity, Guards guards)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << Handle.SlotBits);
        this.tags = tags;
        records = new Slots<CapabilityRecord>(capacity);
        checksHandles = guards.IsOn(CapabilityGuards.Handle);
        Capacity = capacity;
        var root = Handle.Of(Root, NextTag(0));
        Add(root, -1, CapabilityKind.Machine, CapabilityRights.All, 0, 0);
    }

    /// <summary>How many capabilities the table can hold.</summary>
    public int Capacity { get; }

    /// <summary>How many are live, the root included.</summary>
    public int Count => records.Count;

    /// <summary>How many live capabilities a holder has.</summary>
    public int CountOf(int owner) => owner < holders.Count ? holders[owner].Count : 0;

    /// <summary>The slot of the grant after <paramref name="ahead"/> others, or -1: full.</summary>
    public int NextSlot(int ahead) => records.Peek(ahead);

    /// <summary>The tag of the grant after <paramref name="ahead"/> others.</summary>
    public ulong NextTag(int ahead) => tags.Of(grants + ahead);

    /// <summary>The handle of a live capability.</summary>
    public Handle HandleOf(int slot) => Handle.Of(slot, records[slot].Tag);

    /// <summary>A live capability.</summary>
    public Capability this[int slot]
    {
        get
        {
            ref CapabilityRecord record = ref records[slot];
            return new Capability(
                slot,
                record.Parent,
                record.Kind,
                record.Rights,
                record.Owner,
                record.Object,
                record.Parent < 0 || records.IsInUse(record.Parent));
        }
    }

    /// <summary>
    /// Looks up a handle that a holder shows. The root is found by its slot only for holder 0.
    /// </summary>
    public HandleLookup Resolve(Handle handle, int holder, out Capability capability)
    {
        int slot = handle.Slot;
        capability = default;
        if (!records.IsInUse(slot))
        {
            CapabilityRecord remains = records.Remains(slot);
            return remains.IsRevoked != 0 && remains.Tag == handle.Tag
                ? HandleLookup.Revoked
                : HandleLookup.Forged;
        }

        if (checksHandles && records[slot].Tag != handle.Tag)
        {
            return HandleLookup.Forged;
        }

        if (checksHandles && records[slot].Owner != holder)
        {
            return HandleLookup.HeldByAnother;
        }

        capability = this[slot];
        return HandleLookup.Found;
    }

    /// <summary>
    /// Adds a capability derived from a live parent with no more rights than it. The handle must
    /// carry the next slot and tag; anything else is a broken invariant.
    /// </summary>
    public void Grant(
        Handle handle,
        int parent,
        CapabilityKind kind,
        CapabilityRights rights,
        int owner,
        int objectNumber)
    {
        if ((rights & ~records[parent].Rights) != 0)
        {
            throw new InvalidOperationException(
                $"Capability {handle.Slot} would have more rights than its parent {parent}.");
        }

        Add(handle, parent, kind, rights, owner, objectNumber);
    }

    /// <summary>
    /// Gives a capability to another holder under a new tag, so that the old handle is dead. Its
    /// place in the tree stays.
    /// </summary>
    public void Transfer(Handle handle, int owner)
    {
        ref CapabilityRecord record = ref records[handle.Slot];
        LeaveHolder(handle.Slot, ref record);
        record.Tag = handle.Tag;
        record.Owner = owner;
        JoinHolder(handle.Slot, ref record);
        grants++;
    }

    /// <summary>
    /// Removes a capability that has no children left and is not the root; its slot remembers the
    /// tag until it is used again.
    /// </summary>
    public void Revoke(int slot)
    {
        ref CapabilityRecord record = ref records[slot];
        if (record.FirstChild >= 0 || slot == Root)
        {
            throw new InvalidOperationException(
                $"Capability {slot} has children, or is the root; it cannot be revoked.");
        }

        if (record.PreviousSibling >= 0)
        {
            records[record.PreviousSibling].NextSibling = record.NextSibling;
        }
        else
        {
            records[record.Parent].FirstChild = record.NextSibling;
        }

        if (record.NextSibling >= 0)
        {
            records[record.NextSibling].PreviousSibling = record.PreviousSibling;
        }

        LeaveHolder(slot, ref record);
        records.Release(slot, new CapabilityRecord { Tag = record.Tag, IsRevoked = 1 });
    }

    /// <summary>
    /// Appends a capability and all that descends from it, children before their parents and of
    /// several children the newest first. Linear in their number, with no recursion.
    /// </summary>
    public void AddSubtree(int slot, List<int> subtree)
    {
        int at = Deepest(slot);
        while (at != slot)
        {
            subtree.Add(at);
            CapabilityRecord record = records[at];
            at = record.NextSibling >= 0 ? Deepest(record.NextSibling) : record.Parent;
        }

        subtree.Add(slot);
    }

    /// <summary>Appends all capabilities of a holder, the newest first.</summary>
    public void AddHeldBy(int owner, List<int> held)
    {
        int at = owner < holders.Count ? holders[owner].First : -1;
        for (; at >= 0; at = records[at].NextOfOwner)
        {
            held.Add(at);
        }
    }

    /// <summary>All live capabilities by slot, for referees and `inspect`.</summary>
    public IEnumerable<Capability> All()
    {
        for (int slot = 0; slot < records.HighWater; slot++)
        {
            if (records.IsInUse(slot))
            {
                yield return this[slot];
            }
        }
    }

    /// <summary>Adds everything that decides the future of this table to a digest.</summary>
    internal void AddTo(ref StateDigest digest)
    {
        records.AddTo(ref digest);
        digest.Add(grants);
        foreach (Holder holder in holders)
        {
            digest.Add(holder.First);
            digest.Add(holder.Count);
        }
    }

    private void Add(
        Handle handle,
        int parent,
        CapabilityKind kind,
        CapabilityRights rights,
        int owner,
        int objectNumber)
    {
        int slot = handle.Slot;
        ref CapabilityRecord record = ref records.Take(slot);
        record.Tag = handle.Tag;
        record.Kind = kind;
        record.Rights = rights;
        record.Object = objectNumber;
        record.Owner = owner;
        record.Parent = parent;
        record.FirstChild = -1;
        record.PreviousSibling = -1;
        record.NextSibling = -1;
        if (parent >= 0)
        {
            ref CapabilityRecord above = ref records[parent];
            record.NextSibling = above.FirstChild;
            if (above.FirstChild >= 0)
            {
                records[above.FirstChild].PreviousSibling = slot;
            }

            above.FirstChild = slot;
        }

        JoinHolder(slot, ref record);
        grants++;
    }

    private int Deepest(int slot)
    {
        while (records[slot].FirstChild >= 0)
        {
            slot = records[slot].FirstChild;
        }

        return slot;
    }

    private void JoinHolder(int slot, ref CapabilityRecord record)
    {
        while (holders.Count <= record.Owner)
        {
            holders.Add(new Holder(-1, 0));
        }

        Holder holder = holders[record.Owner];
        record.PreviousOfOwner = -1;
        record.NextOfOwner = holder.First;
        if (holder.First >= 0)
        {
            records[holder.First].PreviousOfOwner = slot;
        }

        holders[record.Owner] = new Holder(slot, holder.Count + 1);
    }

    private void LeaveHolder(int slot, ref CapabilityRecord record)
    {
        Holder holder = holders[record.Owner];
        int first = holder.First == slot ? record.NextOfOwner : holder.First;
        if (record.PreviousOfOwner >= 0)
        {
            records[record.PreviousOfOwner].NextOfOwner = record.NextOfOwner;
        }

        if (record.NextOfOwner >= 0)
        {
            records[record.NextOfOwner].PreviousOfOwner = record.PreviousOfOwner;
        }

        holders[record.Owner] = new Holder(first, holder.Count - 1);
    }

    private readonly record struct Holder(int First, int Count);
}
