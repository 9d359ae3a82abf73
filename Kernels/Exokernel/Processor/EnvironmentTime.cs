using Disguise.Actors.Time;

namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>What the kernel keeps of one environment to share out time.</summary>
internal struct EnvironmentTime
{
    /// <summary>Whether there is such an environment.</summary>
    public bool IsPresent;

    /// <summary>Whether it waits for its wakeup predicate, or for a time.</summary>
    public bool IsAsleep;

    /// <summary>While it sleeps: when it wakes whatever its predicate says.</summary>
    public long UntilPs;

    /// <summary>The core that it has, or -1.</summary>
    public int Core;

    /// <summary>Whom it has entered and waits for: its slices are that one's.</summary>
    public int Heir;

    /// <summary>How many have entered it and wait.</summary>
    public int Waiters;

    /// <summary>
    /// At least how many wait for one another in the longest row that ends here; exact while
    /// nobody of that row has left it.
    /// </summary>
    public int Depth;

    /// <summary>Ticks beyond the ends of its slices that it has not paid for.</summary>
    public int ExcessTicks;

    /// <summary>Slices of its own that it has paid with.</summary>
    public long ForfeitedSlices;

    /// <summary>How often it was given a core.</summary>
    public long Starts;

    /// <summary>How long it has had a core.</summary>
    public long RanPs;

    /// <summary>An environment that could run.</summary>
    public static EnvironmentTime New => new()
    {
        IsPresent = true,
        UntilPs = Picoseconds.Never,
        Core = -1,
        Heir = SliceVector.Nobody,
    };
}
