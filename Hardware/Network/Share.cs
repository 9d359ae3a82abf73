using Disguise.Actors.Randomness;

namespace Disguise.Hardware.Network;

/// <summary>A share of events, from none to all, drawn from 64 random bits.</summary>
public readonly record struct Share
{
    private readonly ulong threshold;
    private readonly bool isAll;

    private Share(ulong threshold, bool isAll)
    {
        this.threshold = threshold;
        this.isAll = isAll;
    }

    /// <summary>None: nothing is ever drawn.</summary>
    public static Share None => default;

    /// <summary>Whether nothing is ever drawn.</summary>
    public bool IsNone => threshold == 0 && !isAll;

    /// <summary>A share from 0 to 1, rounded to 2^-64.</summary>
    public static Share Of(decimal share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return share == 1 ? new Share(0, true) : new Share((ulong)(share * (1UL << 63) * 2), false);
    }

    /// <summary>Whether this event is one of them. Draws only where the share is not none.
    /// </summary>
    public bool Draw(DeterministicRandom random) =>
        !IsNone && (random.Next() < threshold || isAll);
}
