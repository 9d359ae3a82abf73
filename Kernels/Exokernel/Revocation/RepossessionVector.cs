namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>
/// The repossession vector of an environment (Engler et al., SOSP 1995, section 3.5): what the
/// kernel has taken by force, in order, for the library to read after the repossession exception.
/// The library loads it beforehand with places to which the state of what is taken can be written.
/// When it is full, what is taken further is counted only, without backing: the library has to
/// look its resources up, which it can always read.
/// </summary>
/// <param name="limit">Entries, and places loaded, that it has room for.</param>
internal sealed class RepossessionVector(int limit)
{
    private readonly Queue<Repossession> entries = new();
    private readonly Queue<long> backings = new();

    /// <summary>Entries that the library has not read.</summary>
    public int Count => entries.Count;

    /// <summary>Places loaded and not used.</summary>
    public int BackingCount => backings.Count;

    /// <summary>What was taken while there was no room to say so.</summary>
    public long LostCount { get; private set; }

    /// <summary>Whether a place can be loaded.</summary>
    public ExokernelRefusal CheckLoad(long backing) =>
        backing < 0 || backings.Contains(backing) ? ExokernelRefusal.BadAnswer
        : backings.Count >= limit ? ExokernelRefusal.RepossessionVectorFull
        : ExokernelRefusal.None;

    /// <summary>Whether a place is loaded and not used yet.</summary>
    public bool IsLoaded(long backing) => backings.Contains(backing);

    /// <summary>Loads a place.</summary>
    public void Load(long backing) => backings.Enqueue(backing);

    /// <summary>
    /// Enters what was taken. Gives the place that its state is to be written to, or
    /// <see cref="Repossession.NoBacking"/>.
    /// </summary>
    public long Enter(RevocableResource resource, long name, long nowPs)
    {
        if (entries.Count >= limit)
        {
            LostCount++;
            return Repossession.NoBacking;
        }

        // Only memory has state that could be written anywhere.
        long backing = resource == RevocableResource.Memory && backings.TryDequeue(out long loaded)
            ? loaded
            : Repossession.NoBacking;
        entries.Enqueue(new Repossession(resource, name, backing, nowPs));
        return backing;
    }

    /// <summary>Reads the oldest entry, which makes room for another.</summary>
    public bool TryRead(out Repossession entry) => entries.TryDequeue(out entry);
}
