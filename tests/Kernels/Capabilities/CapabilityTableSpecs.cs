using Disguise.Actors.Faults;
using Disguise.Kernels.Capabilities;
using Xunit;

namespace Disguise.Kernels.Tests.Capabilities;

public sealed class CapabilityTableSpecs
{
    private const int Alice = 1;
    private const int Bob = 2;

    private readonly CapabilityTable table = new(new HandleTags(5, 6), 6, Guards.All);

    [Fact]
    public void A_handle_is_found_for_its_holder_only()
    {
        Handle handle = Grant(CapabilityTable.Root, Alice);
        Assert.Equal(HandleLookup.Found, table.Resolve(handle, Alice, out Capability found));
        Assert.Equal((CapabilityTable.Root, Alice, 77), (found.Parent, found.Owner, found.Object));
        Assert.Equal(HandleLookup.HeldByAnother, table.Resolve(handle, Bob, out _));
        var forged = new Handle(handle.Value ^ (1UL << 63));
        Assert.Equal(HandleLookup.Forged, table.Resolve(forged, Alice, out _));
        Assert.Equal(HandleLookup.Forged, table.Resolve(Handle.Of(5, 1), Alice, out _));
    }

    [Fact]
    public void Without_the_guard_the_slot_alone_is_enough()
    {
        var open = new CapabilityTable(
            new HandleTags(5, 6), 6, Guards.AllBut(CapabilityGuards.Handle));
        var handle = Handle.Of(open.NextSlot(0), open.NextTag(0));
        open.Grant(
            handle, CapabilityTable.Root, CapabilityKind.Memory, CapabilityRights.Read, Alice, 77);
        var forged = Handle.Of(handle.Slot, 12345);
        Assert.Equal(HandleLookup.Found, open.Resolve(forged, Bob, out Capability stolen));
        Assert.Equal(77, stolen.Object);
        Assert.Equal(HandleLookup.Forged, open.Resolve(Handle.Of(5, 1), Bob, out _));
    }

    [Fact]
    public void A_subtree_comes_children_first_and_the_newest_first()
    {
        int parent = Grant(CapabilityTable.Root, Alice).Slot;
        int old = Grant(parent, Alice).Slot;
        int young = Grant(parent, Bob).Slot;
        int grandchild = Grant(old, Bob).Slot;
        var subtree = new List<int>();
        table.AddSubtree(parent, subtree);
        Assert.Equal([young, grandchild, old, parent], subtree);
        Assert.Equal((2, 2), (table.CountOf(Alice), table.CountOf(Bob)));
        subtree.ForEach(table.Revoke);
        Assert.Equal(1, table.Count);
        Assert.Equal((0, 0), (table.CountOf(Alice), table.CountOf(Bob)));
    }

    [Fact]
    public void A_revoked_handle_is_told_from_a_forged_one_until_its_slot_is_used_again()
    {
        Handle handle = Grant(CapabilityTable.Root, Alice);
        table.Revoke(handle.Slot);
        Assert.Equal(HandleLookup.Revoked, table.Resolve(handle, Alice, out _));
        Handle next = Grant(CapabilityTable.Root, Bob);
        Assert.Equal(handle.Slot, next.Slot);
        Assert.Equal(HandleLookup.Forged, table.Resolve(handle, Alice, out _));
        Assert.Equal(HandleLookup.Found, table.Resolve(next, Bob, out _));
    }

    [Fact]
    public void A_transfer_kills_the_old_handle_and_keeps_the_place_in_the_tree()
    {
        Handle old = Grant(CapabilityTable.Root, Alice);
        var given = Handle.Of(old.Slot, table.NextTag(0));
        table.Transfer(given, Bob);
        Assert.Equal(HandleLookup.Forged, table.Resolve(old, Alice, out _));
        Assert.Equal(HandleLookup.HeldByAnother, table.Resolve(given, Alice, out _));
        Assert.Equal(HandleLookup.Found, table.Resolve(given, Bob, out Capability capability));
        Assert.Equal(CapabilityTable.Root, capability.Parent);
    }

    [Fact]
    public void What_would_break_the_tree_throws()
    {
        int parent = Grant(CapabilityTable.Root, Alice, CapabilityRights.Read).Slot;
        Assert.Throws<InvalidOperationException>(() => Grant(parent, Alice));
        Assert.Throws<InvalidOperationException>(() => table.Revoke(CapabilityTable.Root));
        Grant(parent, Alice, CapabilityRights.Read);
        Assert.Throws<InvalidOperationException>(() => table.Revoke(parent));
    }

    [Fact]
    public void A_full_table_has_no_next_slot()
    {
        for (int count = 1; count < table.Capacity; count++)
        {
            Assert.Equal(count, table.NextSlot(0));
            Grant(CapabilityTable.Root, Alice);
        }

        Assert.Equal(-1, table.NextSlot(0));
        table.Revoke(3);
        Assert.Equal(3, table.NextSlot(0));
        Assert.Equal(-1, table.NextSlot(1));
    }

    private Handle Grant(
        int parent, int owner, CapabilityRights rights = CapabilityRights.All)
    {
        var handle = Handle.Of(table.NextSlot(0), table.NextTag(0));
        table.Grant(handle, parent, CapabilityKind.Memory, rights, owner, 77);
        return handle;
    }
}
