using Disguise.Hardware.Nic.Filters;
using Disguise.Kernels.PacketFilters;
using Disguise.Kernels.Records;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// What the kernel keeps of one NIC: which functions are taken, and which masks its receive
/// predicates have, so that installing an accepted filter cannot fail in the NIC.
/// </summary>
internal sealed class NetworkRecords(NetworkOptions options)
{
    private readonly List<(PacketFields Mask, int Count)> masks = [];

    public NetworkOptions Options { get; } = options;

    /// <summary>Virtual functions that are taken.</summary>
    public NumberSet Functions { get; } = new(options.VirtualFunctions);

    /// <summary>Software cards that are taken.</summary>
    public NumberSet SoftwareCards { get; } = new(options.SoftwareCards);

    /// <summary>Receive predicates installed.</summary>
    public int ReceivePredicates { get; private set; }

    /// <summary>What this NIC can hold of a predicate.</summary>
    public FilterPredicate Effective(in FilterPredicate predicate, FilterDirection direction) =>
        Options.FiltersByFiveTuple
            ? predicate
            : direction == FilterDirection.Receive
                ? predicate.OnlyDestinationMacAndVlan()
                : predicate.OnlySourceMacAndVlan();

    /// <summary>Whether these receive predicates can be installed together.</summary>
    public RefusalReason RoomFor(IReadOnlyList<FilterPredicate> predicates)
    {
        if (ReceivePredicates + predicates.Count > Options.ReceivePredicates)
        {
            return RefusalReason.PredicatesExhausted;
        }

        var added = new List<PacketFields>();
        foreach (FilterPredicate predicate in predicates)
        {
            if (IndexOf(predicate.Mask) < 0 && !added.Contains(predicate.Mask))
            {
                added.Add(predicate.Mask);
            }
        }

        return masks.Count + added.Count > Options.ReceiveMasks
            ? RefusalReason.MasksExhausted
            : RefusalReason.None;
    }

    /// <summary>Counts a receive predicate that is installed.</summary>
    public void Install(in FilterPredicate predicate)
    {
        int at = IndexOf(predicate.Mask);
        if (at < 0)
        {
            masks.Add((predicate.Mask, 1));
        }
        else
        {
            masks[at] = (predicate.Mask, masks[at].Count + 1);
        }

        ReceivePredicates++;
    }

    /// <summary>Counts one that is withdrawn.</summary>
    public void Withdraw(in FilterPredicate predicate)
    {
        int at = IndexOf(predicate.Mask);
        if (at < 0)
        {
            throw new InvalidOperationException("No predicate with this mask is installed.");
        }

        masks[at] = (predicate.Mask, masks[at].Count - 1);
        if (masks[at].Count == 0)
        {
            masks.RemoveAt(at);
        }

        ReceivePredicates--;
    }

    /// <summary>Adds everything to a digest.</summary>
    public void AddTo(ref StateDigest digest)
    {
        Functions.AddTo(ref digest);
        SoftwareCards.AddTo(ref digest);
        digest.Add(ReceivePredicates);
        foreach ((PacketFields mask, int count) in masks)
        {
            digest.Add((long)mask.Word0);
            digest.Add((long)mask.Word1);
            digest.Add((long)mask.Word2);
            digest.Add((long)mask.Word3);
            digest.Add(count);
        }
    }

    private int IndexOf(in PacketFields mask)
    {
        for (int at = 0; at < masks.Count; at++)
        {
            if (masks[at].Mask == mask)
            {
                return at;
            }
        }

        return -1;
    }
}
