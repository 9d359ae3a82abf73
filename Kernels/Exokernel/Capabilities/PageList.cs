namespace Disguise.Kernels.Exokernel.Capabilities;

/// <summary>
/// Who may do what with a page: two capabilities, as Xok keeps beside each page
/// (sys/xok/pmap_decl.h). The first is complete, so that somebody always controls the page: the
/// owner's. The second is whatever the owner puts there: a read or a write capability for others.
/// A credential opens the page if its name begins an entry's and both have the permissions.
/// </summary>
/// <param name="First">Complete.</param>
/// <param name="Second">Of others, or none.</param>
internal readonly record struct PageList(Capability First, Capability Second)
{
    /// <summary>Entries of a page's list.</summary>
    public const int EntryCount = 2;

    /// <summary>A list with one entry: nobody but who dominates it has the page.</summary>
    public static PageList For(Capability owner) =>
        new(owner.With(CapabilityPermissions.All), Capability.None);

    /// <summary>Whether a credential is good for this.</summary>
    public bool Allows(Capability credential, CapabilityPermissions wanted) =>
        credential.IsValid
        && (wanted & ~credential.Permissions) == 0
        && (Opens(First, credential, wanted) || Opens(Second, credential, wanted));

    /// <summary>Whether an entry may be given this value.</summary>
    public static ExokernelRefusal CheckEntry(int entry, Capability value)
    {
        if ((uint)entry >= EntryCount)
        {
            return ExokernelRefusal.BadListEntry;
        }

        if (entry == 0)
        {
            return value.IsValid && value.Permissions == CapabilityPermissions.All
                ? ExokernelRefusal.None
                : ExokernelRefusal.IncompleteList;
        }

        return value == Capability.None || value.IsValid
            ? ExokernelRefusal.None
            : ExokernelRefusal.BadCapability;
    }

    /// <summary>The list with another entry.</summary>
    public PageList With(int entry, Capability value) =>
        entry == 0 ? this with { First = value } : this with { Second = value };

    private static bool Opens(
        Capability entry, Capability credential, CapabilityPermissions wanted) =>
        entry.IsValid && (wanted & ~entry.Permissions) == 0 && credential.IsPrefixOf(entry);
}
