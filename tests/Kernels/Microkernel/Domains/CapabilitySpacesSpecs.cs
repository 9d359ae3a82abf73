using CsCheck;
using Disguise.Actors.Faults;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Ipc;

namespace Disguise.Kernels.Tests.Microkernel.Domains;

/// <summary>Who may derive what from which capability, and what falls with it.</summary>
public sealed class CapabilitySpacesSpecs
{
    private const int Alice = 1;
    private const int Bob = 2;
    private const CapabilityRights Whole =
        CapabilityRights.Read | CapabilityRights.Write | CapabilityRights.Grant;

    private readonly CapabilitySpaces spaces = Make(100);

    [Fact]
    public void A_derived_capability_is_to_the_same_with_the_rights_that_were_given()
    {
        var parent = Origin(Alice);

        var handle = Mint(parent, CapabilityRights.Write, 5, Bob);

        Assert.Equal(
            KernelResult.Done,
            spaces.Find(
                Bob, handle, CapabilityKind.Endpoint, CapabilityRights.Write, out var found));
        Assert.Equal((parent.Object, parent.Slot), (found.Object, found.Parent));
        Assert.Equal(5UL, spaces.BadgeOf(found.Slot));
        Assert.Equal(
            KernelResult.NoRight,
            spaces.Find(Bob, handle, CapabilityKind.Endpoint, CapabilityRights.Read, out _));
        Assert.Equal(
            KernelResult.WrongKind,
            spaces.Find(Bob, handle, CapabilityKind.Reply, CapabilityRights.Write, out _));
        Assert.Equal(
            KernelResult.HeldByAnother, spaces.Find(Alice, handle, out _));
        Assert.Equal(
            KernelResult.NoSuchCapability,
            spaces.Find(Bob, Handle.Of(handle.Slot, handle.Tag ^ 1), out _));
    }

    [Fact]
    public void Nobody_derives_without_the_right_to_grant_or_more_than_there_is()
    {
        var parent = Origin(Alice);
        var narrow = Find(Bob, Mint(parent, CapabilityRights.Write, 0, Bob));
        var open = Find(
            Bob, Mint(parent, CapabilityRights.Write | CapabilityRights.Grant, 0, Bob));

        Assert.Equal(
            KernelResult.NoRight, spaces.Mint(narrow, CapabilityRights.Write, 0, Bob, out _));
        Assert.Equal(
            KernelResult.NoRight, spaces.Mint(open, CapabilityRights.Read, 0, Bob, out _));
        Assert.Equal(
            KernelResult.Done, spaces.Mint(open, CapabilityRights.Write, 0, Bob, out _));
    }

    [Fact]
    public void A_badge_stays_what_it_is_once_there_is_one()
    {
        var badged = Find(
            Bob, Mint(Origin(Alice), CapabilityRights.Write | CapabilityRights.Grant, 5, Bob));

        Assert.Equal(
            KernelResult.NoRight, spaces.Mint(badged, CapabilityRights.Write, 6, Bob, out _));
        var derived = Find(Bob, Mint(badged, CapabilityRights.Write, 0, Bob));
        Assert.Equal(5UL, spaces.BadgeOf(derived.Slot));
    }

    [Theory]
    [InlineData(CapabilityKind.Reply)]
    [InlineData(CapabilityKind.Interrupt)]
    public void What_is_one_persons_is_not_multiplied(CapabilityKind kind)
    {
        Assert.True(spaces.TryGrant(
            CapabilityTable.Root, kind, Whole, Alice, 3, 0, out var handle));

        Assert.Equal(
            KernelResult.WrongKind,
            spaces.Mint(Find(Alice, handle), CapabilityRights.Write, 0, Bob, out _));
    }

    [Fact]
    public void A_full_table_refuses_and_a_slot_that_is_used_again_has_another_handle()
    {
        var full = Make(2);
        Assert.True(full.TryGrant(
            CapabilityTable.Root, CapabilityKind.Endpoint, Whole, Alice, 0, 7, out var first));
        Assert.False(full.TryGrant(
            CapabilityTable.Root, CapabilityKind.Endpoint, Whole, Alice, 0, 0, out _));
        Assert.Equal(
            KernelResult.CapabilitiesExhausted,
            full.Mint(full.Table[first.Slot], CapabilityRights.Write, 0, Bob, out _));

        full.Table.Revoke(first.Slot);
        Assert.Equal(KernelResult.Revoked, full.Find(Alice, first, out _));
        Assert.True(full.TryGrant(
            CapabilityTable.Root, CapabilityKind.Endpoint, Whole, Alice, 0, 0, out var second));

        Assert.Equal(first.Slot, second.Slot);
        Assert.NotEqual(first, second);
        Assert.Equal(KernelResult.NoSuchCapability, full.Find(Alice, first, out _));
        Assert.Equal(0UL, full.BadgeOf(second.Slot));
    }

    [Fact]
    public void Nobody_holds_the_root() =>
        Assert.Equal(
            KernelResult.HeldByAnother,
            spaces.Find(0, spaces.Table.HandleOf(CapabilityTable.Root), out _));

    /// <summary>
    /// Whatever is derived from whatever and revoked in any order: a capability is found exactly
    /// while it and all above it live, with rights that only shrink and a badge that stays.
    /// </summary>
    [Fact]
    public void A_capability_lives_as_long_as_all_that_it_descends_from() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 1_000], Gen.Int[0, 15], Gen.Int[0, 3])
            .Array[1, 60].Sample(steps =>
            {
                var table = Make(40);
                var model = new List<Known>();
                Assert.True(table.TryGrant(
                    CapabilityTable.Root, CapabilityKind.Endpoint, Whole, Alice, 3, 0,
                    out var origin));
                model.Add(new Known(origin, null, Whole, 0, Alice));
                foreach (var (action, pick, rights, badge) in steps)
                {
                    var chosen = model[pick % model.Count];
                    if (action < 7)
                        Derive(table, model, chosen, (CapabilityRights)rights, (ulong)badge);
                    else if (chosen.IsLive)
                        Revoke(table, chosen);
                    foreach (var one in model)
                        AssertFound(table, one);
                }
            });

    private static void Derive(
        CapabilitySpaces table, List<Known> model, Known from, CapabilityRights rights,
        ulong badge)
    {
        if (!from.IsLive)
            return;
        var owner = model.Count % 2 == 0 ? Alice : Bob;
        var result = table.Mint(
            table.Table[from.Handle.Slot], rights, badge, owner, out var handle);
        var allowed = (from.Rights & CapabilityRights.Grant) != 0
            && (rights & ~from.Rights) == 0
            && (from.Badge == 0 || badge == 0 || badge == from.Badge);
        if (!allowed)
        {
            Assert.Equal(KernelResult.NoRight, result);
            return;
        }

        if (result == KernelResult.CapabilitiesExhausted)
        {
            Assert.Equal(40, table.Table.Count);
            return;
        }

        Assert.Equal(KernelResult.Done, result);
        model.Add(new Known(
            handle, from, rights, from.Badge != 0 ? from.Badge : badge, owner));
    }

    private static void Revoke(CapabilitySpaces table, Known chosen)
    {
        var slots = new List<int>();
        table.Table.AddSubtree(chosen.Handle.Slot, slots);
        foreach (var slot in slots)
            table.Table.Revoke(slot);
        chosen.IsRevoked = true;
    }

    private static void AssertFound(CapabilitySpaces table, Known one)
    {
        var result = table.Find(one.Owner, one.Handle, out var found);
        if (!one.IsLive)
        {
            Assert.NotEqual(KernelResult.Done, result);
            return;
        }

        Assert.Equal(KernelResult.Done, result);
        Assert.Equal((one.Rights, 3), (found.Rights, found.Object));
        Assert.Equal(one.Badge, table.BadgeOf(found.Slot));
        Assert.True(found.IsParentLive);
    }

    private static CapabilitySpaces Make(int limit) =>
        new(new CapabilityTable(new HandleTags(5, 6), limit, Guards.All));

    private Capability Origin(int owner)
    {
        Assert.True(spaces.TryGrant(
            CapabilityTable.Root, CapabilityKind.Endpoint, Whole, owner, 3, 0,
            out var handle));
        return Find(owner, handle);
    }

    private Handle Mint(in Capability from, CapabilityRights rights, ulong badge, int owner)
    {
        Assert.Equal(
            KernelResult.Done, spaces.Mint(from, rights, badge, owner, out var handle));
        return handle;
    }

    private Capability Find(int owner, Handle handle)
    {
        Assert.Equal(KernelResult.Done, spaces.Find(owner, handle, out var found));
        return found;
    }

    private sealed record Known(
        Handle Handle, Known? Above, CapabilityRights Rights, ulong Badge, int Owner)
    {
        public bool IsRevoked { get; set; }

        public bool IsLive => !IsRevoked && (Above?.IsLive ?? true);
    }
}
