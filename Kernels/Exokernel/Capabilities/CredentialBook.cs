using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel.Capabilities;

/// <summary>
/// The credentials of all environments: capabilities in numbered slots, 19 each as in Xok. Every
/// call names the slot whose credential it is made with; the kernel never looks for one that would
/// do. Slot 0 is the credential to the environment itself. (sys/kern/capability.c: sys_forge,
/// sys_self_forge, sys_self_acquire.)
/// </summary>
internal sealed class CredentialBook
{
    /// <summary>Slots of an environment.</summary>
    public const int SlotLimit = 19;

    private readonly int environmentLimit;
    private readonly bool mustDominate;
    private Credential[]?[] slots = [];
    private Offer[] offers = [];

    /// <summary>A book for environments numbered from 0 below a limit.</summary>
    public CredentialBook(int environmentLimit, Guards guards)
    {
        this.environmentLimit = environmentLimit;
        mustDominate = guards.IsOn(KernelGuards.Domination);
    }

    /// <summary>Whether an environment has credentials.</summary>
    public bool Knows(int environment) =>
        (uint)environment < (uint)slots.Length && slots[environment] is not null;

    /// <summary>An environment begins, with one complete credential in slot 0.</summary>
    public void Admit(int environment, Capability first)
    {
        if ((uint)environment >= (uint)environmentLimit || Knows(environment)
            || !first.IsValid || first.Permissions != CapabilityPermissions.All)
        {
            throw new InvalidOperationException($"Environment {environment} begins with {first}.");
        }

        if (environment >= slots.Length)
        {
            int size = Math.Min(environmentLimit, Math.Max(environment + 1, slots.Length * 2));
            Array.Resize(ref slots, size);
            Array.Resize(ref offers, size);
        }

        var own = new Credential[SlotLimit];
        own[0] = new Credential(first, first);
        slots[environment] = own;
    }

    /// <summary>An environment ends: its credentials and its offers are gone.</summary>
    public void End(int environment)
    {
        if (!Knows(environment))
        {
            throw new InvalidOperationException($"No environment {environment}.");
        }

        slots[environment] = null;
        offers[environment] = default;
        for (int giver = 0; giver < offers.Length; giver++)
        {
            if (offers[giver].IsMade && offers[giver].Receiver == environment)
            {
                offers[giver] = default;
            }
        }
    }

    /// <summary>The credential in a slot that an environment names.</summary>
    public ExokernelRefusal Show(int environment, int slot, out Capability credential)
    {
        credential = default;
        if (!Knows(environment))
        {
            return ExokernelRefusal.NoSuchEnvironment;
        }

        if ((uint)slot >= SlotLimit)
        {
            return ExokernelRefusal.BadSlot;
        }

        credential = slots[environment]![slot].Value;
        return credential.IsValid ? ExokernelRefusal.None : ExokernelRefusal.EmptySlot;
    }

    /// <summary>
    /// Whether an environment may put a capability, made from one of its credentials, into a slot
    /// of its own.
    /// </summary>
    public ExokernelRefusal CheckForge(int environment, int from, int into, Capability made) =>
        CheckForge(environment, from, environment, into, made);

    /// <summary>
    /// Whether an environment may put a capability into another's slot: the receiver's credential
    /// in slot 0 must be dominated for writing by what the giver shows.
    /// </summary>
    public ExokernelRefusal CheckForgeFor(
        int environment, int from, int shown, int receiver, int into, Capability made)
    {
        ExokernelRefusal refusal = CheckAccess(environment, shown, receiver);
        return refusal != ExokernelRefusal.None
            ? refusal
            : CheckForge(environment, from, receiver, into, made);
    }

    /// <summary>
    /// Whether an environment may act on another by a credential: it must dominate the one in the
    /// other's slot 0, to write.
    /// </summary>
    public ExokernelRefusal CheckAccess(int environment, int shown, int other)
    {
        ExokernelRefusal refusal = Show(environment, shown, out Capability credential);
        if (refusal != ExokernelRefusal.None)
        {
            return refusal;
        }

        if (!Knows(other))
        {
            return ExokernelRefusal.NoSuchEnvironment;
        }

        bool isAllowed = credential.Permissions.HasFlag(CapabilityPermissions.Write)
            && credential.IsPrefixOf(slots[other]![0].Value);
        return isAllowed || !mustDominate ? ExokernelRefusal.None : ExokernelRefusal.NotDominated;
    }

    /// <summary>
    /// Puts a capability that was made from a credential into a slot, over what was there.
    /// </summary>
    public void Forge(int environment, int from, int receiver, int into, Capability made) =>
        slots[receiver]![into] = new Credential(made, OriginOf(environment, from));

    /// <summary>Puts a capability into a slot that was made from nothing.</summary>
    public void Place(int environment, int slot, Capability made) =>
        slots[environment]![slot] = new Credential(made, Capability.None);

    /// <summary>
    /// The first credential of the environment from whose credentials one was made, however often
    /// it was passed on.
    /// </summary>
    public Capability OriginOf(int environment, int slot) => slots[environment]![slot].Origin;

    /// <summary>Whether an environment may delete the credential in a slot.</summary>
    public ExokernelRefusal CheckDelete(int environment, int slot)
    {
        ExokernelRefusal refusal = Show(environment, slot, out _);
        return refusal == ExokernelRefusal.None && slot == 0
            ? ExokernelRefusal.IncompleteCredential
            : refusal;
    }

    /// <summary>Deletes the credential in a slot.</summary>
    public void Delete(int environment, int slot) => Place(environment, slot, Capability.None);

    /// <summary>
    /// Whether an environment may offer another a capability made from one of its credentials.
    /// </summary>
    public ExokernelRefusal CheckOffer(int environment, int from, int receiver, Capability made)
    {
        ExokernelRefusal refusal = CheckMake(environment, from, made);
        return refusal == ExokernelRefusal.None && !Knows(receiver)
            ? ExokernelRefusal.NoSuchEnvironment
            : refusal;
    }

    /// <summary>Offers it, in place of what the environment had offered before.</summary>
    public void MakeOffer(int environment, int from, int receiver, Capability made) =>
        offers[environment] = new Offer(true, receiver, from, made);

    /// <summary>
    /// Whether an environment may take what another offers it into a slot. The giver's credential
    /// counts as it is now: one who has lost it gives nothing.
    /// </summary>
    public ExokernelRefusal CheckAcquire(int environment, int giver, int into, out Capability made)
    {
        made = default;
        if (!Knows(environment) || !Knows(giver))
        {
            return ExokernelRefusal.NoSuchEnvironment;
        }

        if (into <= 0 || into >= SlotLimit)
        {
            return ExokernelRefusal.BadSlot;
        }

        Offer offer = offers[giver];
        if (!offer.IsMade || offer.Receiver != environment)
        {
            return ExokernelRefusal.NothingOffered;
        }

        made = offer.Made;
        return CheckMake(giver, offer.From, made);
    }

    /// <summary>Takes what is offered; the offer is used up.</summary>
    public void Acquire(int environment, int giver, int into)
    {
        Forge(giver, offers[giver].From, environment, into, offers[giver].Made);
        offers[giver] = default;
    }

    private ExokernelRefusal CheckForge(
        int environment, int from, int receiver, int into, Capability made)
    {
        ExokernelRefusal refusal = CheckMake(environment, from, made);
        if (refusal != ExokernelRefusal.None)
        {
            return refusal;
        }

        if ((uint)into >= SlotLimit)
        {
            return ExokernelRefusal.BadSlot;
        }

        return into == 0 && made.Permissions != CapabilityPermissions.All
            ? ExokernelRefusal.IncompleteCredential
            : ExokernelRefusal.None;
    }

    private ExokernelRefusal CheckMake(int environment, int from, Capability made)
    {
        ExokernelRefusal refusal = Show(environment, from, out Capability credential);
        if (refusal != ExokernelRefusal.None)
        {
            return refusal;
        }

        if (!made.IsValid)
        {
            return ExokernelRefusal.BadCapability;
        }

        if (!mustDominate)
        {
            return ExokernelRefusal.None;
        }

        return !credential.Permissions.HasFlag(CapabilityPermissions.Modify)
            ? ExokernelRefusal.NotDuplicable
            : credential.Dominates(made) ? ExokernelRefusal.None : ExokernelRefusal.NotDominated;
    }

    private readonly record struct Credential(Capability Value, Capability Origin);

    private readonly record struct Offer(bool IsMade, int Receiver, int From, Capability Made);
}
