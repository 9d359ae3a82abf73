using Disguise.Actors.Dispatch;
using Disguise.Kernels.Microkernel.Memory;

namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>The protection domains, by number, by address and by their actors.</summary>
internal sealed class DomainTable
{
    private readonly List<Domain?> byNumber = [null];
    private readonly Stack<int> free = new();
    private readonly Dictionary<int, Domain> byActor = [];
    private readonly List<ulong> everDomains = [];
    private readonly Dictionary<string, Domain> byAddress = new(StringComparer.Ordinal);

    /// <summary>The domains that live, by number.</summary>
    public IEnumerable<Domain> All => byNumber.OfType<Domain>();

    /// <summary>The number that the next domain has; -1 when there are too many.</summary>
    public int NextNumber => free.Count > 0 ? free.Peek()
        : byNumber.Count <= MemoryEffects.DomainLimit ? byNumber.Count : -1;

    /// <summary>Adds a domain under the next number.</summary>
    public void Add(Domain domain)
    {
        if (domain.Number != NextNumber)
            throw new InvalidOperationException($"domain {domain.Number} is not the next");
        if (free.TryPop(out _))
            byNumber[domain.Number] = domain;
        else
            byNumber.Add(domain);
        byAddress.Add(domain.Address, domain);
    }

    /// <summary>The actor of a domain is known.</summary>
    public void Started(Domain domain, IslandActorRef actor)
    {
        domain.Actor = actor;
        byActor.Add(actor.Ordinal, domain);
        while (everDomains.Count <= actor.Ordinal >> 6)
            everDomains.Add(0);
        everDomains[actor.Ordinal >> 6] |= 1UL << actor.Ordinal;
    }

    /// <summary>Whether an actor is a domain's, or was one's that has ended.</summary>
    public bool IsDomain(int ordinal) => (uint)ordinal < (uint)everDomains.Count << 6
        && (everDomains[ordinal >> 6] & (1UL << ordinal)) != 0;

    /// <summary>The domain with a number, or none.</summary>
    public Domain? ByNumber(int number) =>
        (uint)number < (uint)byNumber.Count ? byNumber[number] : null;

    /// <summary>The domain whose actor has an ordinal, or none.</summary>
    public Domain? ByActor(int ordinal) => byActor.GetValueOrDefault(ordinal);

    /// <summary>The domain with an address, or none.</summary>
    public Domain? ByAddress(string address) => byAddress.GetValueOrDefault(address);

    /// <summary>A domain is gone; its number may be used again.</summary>
    public void Remove(Domain domain)
    {
        byNumber[domain.Number] = null;
        free.Push(domain.Number);
        byAddress.Remove(domain.Address);
        if (domain.Actor is { } actor)
            byActor.Remove(actor.Ordinal);
    }
}
