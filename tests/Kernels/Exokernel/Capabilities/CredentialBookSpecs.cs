using Disguise.Actors.Faults;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;

namespace Disguise.Kernels.Tests.Exokernel.Capabilities;

public sealed class CredentialBookSpecs
{
    private const int Alice = 0;
    private const int Bob = 3;

    private static readonly Capability OfAlice = Capability.OfEnvironment(Alice, 5);
    private static readonly Capability OfBob = Capability.OfEnvironment(Bob, 0);

    private readonly CredentialBook book = BookOf(Guards.All);

    [Fact]
    public void An_environment_begins_with_the_credential_to_itself()
    {
        Assert.Equal(ExokernelRefusal.None, book.Show(Alice, 0, out Capability first));
        Assert.Equal(OfAlice, first);
        Assert.Equal(ExokernelRefusal.EmptySlot, book.Show(Alice, 1, out _));
        Assert.Equal(ExokernelRefusal.BadSlot, book.Show(Alice, 19, out _));
        Assert.Equal(ExokernelRefusal.BadSlot, book.Show(Alice, -1, out _));
        Assert.Equal(ExokernelRefusal.NoSuchEnvironment, book.Show(1, 0, out _));
        Assert.Equal(ExokernelRefusal.NoSuchEnvironment, book.Show(99, 0, out _));
    }

    [Fact]
    public void Weaker_credentials_are_forged_from_stronger_ones_without_asking_anybody()
    {
        Capability readable = OfAlice.Below(7, CapabilityPermissions.Read);
        Assert.Equal(ExokernelRefusal.None, book.CheckForge(Alice, 0, 18, readable));
        book.Place(Alice, 18, readable);
        Assert.Equal(ExokernelRefusal.NotDuplicable, book.CheckForge(Alice, 18, 2, readable));
        Capability copied = OfAlice.Below(7, CapabilityPermissions.Modify);
        book.Place(Alice, 17, copied);
        Assert.Equal(
            ExokernelRefusal.NotDominated,
            book.CheckForge(Alice, 17, 2, copied.With(CapabilityPermissions.All)));
        Assert.Equal(
            ExokernelRefusal.NotDominated, book.CheckForge(Alice, 17, 2, OfAlice));
        Assert.Equal(
            ExokernelRefusal.BadCapability, book.CheckForge(Alice, 0, 2, new Capability(1)));
        Assert.Equal(ExokernelRefusal.BadSlot, book.CheckForge(Alice, 0, 19, copied));
    }

    [Fact]
    public void Slot_0_takes_complete_credentials_only()
    {
        Assert.Equal(
            ExokernelRefusal.IncompleteCredential,
            book.CheckForge(Alice, 0, 0, OfAlice.With(CapabilityPermissions.Write)));
        Assert.Equal(
            ExokernelRefusal.None,
            book.CheckForge(Alice, 0, 0, OfAlice.Below(1, CapabilityPermissions.All)));
        Assert.Equal(ExokernelRefusal.IncompleteCredential, book.CheckDelete(Alice, 0));
        Assert.Equal(ExokernelRefusal.EmptySlot, book.CheckDelete(Alice, 4));
    }

    [Fact]
    public void A_forged_credential_to_anothers_name_is_refused()
    {
        Assert.Equal(ExokernelRefusal.NotDominated, book.CheckForge(Bob, 0, 1, OfAlice));
        Assert.Equal(ExokernelRefusal.NotDominated, book.CheckForge(Bob, 0, 1, Capability.Root));
        Assert.Equal(
            ExokernelRefusal.NotDominated, book.CheckForgeFor(Bob, 0, 0, Alice, 1, OfBob));
    }

    [Fact]
    public void Without_the_guard_it_is_believed()
    {
        CredentialBook open = BookOf(Guards.AllBut(KernelGuards.Domination));
        Assert.Equal(ExokernelRefusal.None, open.CheckForge(Bob, 0, 1, OfAlice));
        open.Place(Bob, 1, OfAlice);
        Assert.Equal(ExokernelRefusal.None, open.Show(Bob, 1, out Capability stolen));
        Assert.True(stolen.Dominates(OfAlice));
        Assert.Equal(ExokernelRefusal.None, open.CheckForgeFor(Bob, 0, 0, Alice, 1, OfBob));
    }

    [Fact]
    public void What_is_offered_can_be_acquired_once_and_by_nobody_else()
    {
        Capability given = OfAlice.Below(9, CapabilityPermissions.Write);
        Assert.Equal(ExokernelRefusal.None, book.CheckOffer(Alice, 0, Bob, given));
        book.MakeOffer(Alice, 0, Bob, given);
        book.Admit(2, Capability.OfEnvironment(2, 0));
        Assert.Equal(ExokernelRefusal.NothingOffered, book.CheckAcquire(2, Alice, 1, out _));
        Assert.Equal(ExokernelRefusal.BadSlot, book.CheckAcquire(Bob, Alice, 0, out _));
        Assert.Equal(ExokernelRefusal.None, book.CheckAcquire(Bob, Alice, 1, out _));
        book.Acquire(Bob, Alice, 1);
        Assert.Equal(ExokernelRefusal.None, book.Show(Bob, 1, out Capability got));
        Assert.Equal(given, got);
        Assert.Equal(ExokernelRefusal.NothingOffered, book.CheckAcquire(Bob, Alice, 2, out _));
    }

    [Fact]
    public void Who_has_lost_a_credential_gives_nothing_from_it()
    {
        Capability own = OfAlice.Below(1, CapabilityPermissions.All);
        book.Place(Alice, 5, own);
        book.MakeOffer(Alice, 5, Bob, own);
        book.Delete(Alice, 5);
        Assert.Equal(ExokernelRefusal.EmptySlot, book.CheckAcquire(Bob, Alice, 1, out _));
    }

    [Fact]
    public void An_environments_end_takes_its_credentials_and_every_offer_to_it()
    {
        book.MakeOffer(Alice, 0, Bob, OfAlice);
        book.End(Bob);
        Assert.Equal(ExokernelRefusal.NoSuchEnvironment, book.Show(Bob, 0, out _));
        Assert.Equal(ExokernelRefusal.NoSuchEnvironment, book.CheckOffer(Alice, 0, Bob, OfAlice));
        book.Admit(Bob, Capability.OfEnvironment(Bob, 1));
        Assert.Equal(ExokernelRefusal.NothingOffered, book.CheckAcquire(Bob, Alice, 1, out _));
        Assert.Throws<InvalidOperationException>(() => book.Admit(Bob, OfBob));
        Assert.Throws<InvalidOperationException>(() => book.Admit(64, OfBob));
    }

    [Fact]
    public void In_whatever_order_every_credential_descends_from_a_first_one()
    {
        int accepted = 0;
        for (int seed = 0; seed < 1000; seed++)
        {
            accepted += new RandomCredentials(seed).Run(60);
        }

        Assert.True(accepted > 5_000, $"{accepted} calls were accepted");
    }

    private static CredentialBook BookOf(Guards guards)
    {
        var made = new CredentialBook(64, guards);
        made.Admit(Alice, OfAlice);
        made.Admit(Bob, OfBob);
        return made;
    }
}
