using Disguise.Kernels.Exokernel.Capabilities;

namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>
/// The time of one core as a line of slices, allocated by position like physical memory (E95
/// section 5.1.1). The position says when in a round the slice runs: who wants throughput takes
/// neighbours and saves context switches, who wants to answer soon spreads them. Whoever shows a
/// credential to the capability that a position was allocated with may give it back, as in Xok.
/// </summary>
internal sealed class SliceVector
{
    /// <summary>In place of an environment: none.</summary>
    public const int Nobody = -1;

    private readonly ProcessorOptions options;
    private readonly bool isCapabilityChecked;
    private readonly int[] holders;
    private readonly Capability[] capabilities;
    private readonly int[] ticks;
    private readonly Dictionary<int, int> counts = [];

    /// <summary>A vector of free positions.</summary>
    public SliceVector(ProcessorOptions options, bool isCapabilityChecked = true)
    {
        options.Validate();
        this.options = options;
        this.isCapabilityChecked = isCapabilityChecked;
        holders = new int[options.Positions];
        capabilities = new Capability[options.Positions];
        ticks = new int[options.Positions];
        Array.Fill(holders, Nobody);
    }

    /// <summary>Positions of the vector.</summary>
    public int Length => holders.Length;

    /// <summary>Positions that somebody holds.</summary>
    public int HeldCount { get; private set; }

    /// <summary>Environments that hold positions.</summary>
    public int HolderCount => counts.Count;

    /// <summary>Who holds a position, or nobody.</summary>
    public int HolderOf(int position) =>
        (uint)position < (uint)holders.Length ? holders[position] : Nobody;

    /// <summary>How many positions an environment holds.</summary>
    public int CountOf(int environment) => counts.GetValueOrDefault(environment);

    /// <summary>An environment's first position at or behind one; -1 where it has none.</summary>
    public int Find(int environment, int from = 0)
    {
        if (from < 0 || from >= holders.Length)
            return -1;
        var index = holders.AsSpan(from).IndexOf(environment);
        return index < 0 ? -1 : from + index;
    }

    /// <summary>Whether an environment can have a position.</summary>
    public SliceRefusal CheckAllocate(int position) =>
        (uint)position >= (uint)holders.Length ? SliceRefusal.NoSuchPosition
        : holders[position] != Nobody ? SliceRefusal.PositionTaken : SliceRefusal.None;

    /// <summary>Gives a free position to an environment, under a capability.</summary>
    public void Allocate(int environment, int position, Capability capability = default)
    {
        if (environment < 0 || CheckAllocate(position) != SliceRefusal.None)
            throw new InvalidOperationException($"position {position} cannot be allocated");
        holders[position] = environment;
        capabilities[position] = capability;
        ticks[position] = 0;
        counts[environment] = CountOf(environment) + 1;
        HeldCount++;
    }

    /// <summary>Whether a position can be given back by a credential.</summary>
    public SliceRefusal CheckFree(Capability credential, int position) =>
        (uint)position >= (uint)holders.Length ? SliceRefusal.NoSuchPosition
        : holders[position] == Nobody ? SliceRefusal.PositionFree
        : isCapabilityChecked && !credential.Controls(capabilities[position])
            ? SliceRefusal.NotOpened
        : SliceRefusal.None;

    /// <summary>
    /// Takes a position from who holds it, who gave it back or had it taken by force. A slice
    /// that has begun there runs to its end.
    /// </summary>
    public void Free(int position)
    {
        var holder = HolderOf(position);
        if (holder == Nobody)
            throw new InvalidOperationException($"nobody holds position {position}");
        holders[position] = Nobody;
        capabilities[position] = Capability.None;
        HeldCount--;
        if (CountOf(holder) == 1)
            counts.Remove(holder);
        else
            counts[holder]--;
    }

    /// <summary>A position comes up: it gets its ticks, and has what it had saved.</summary>
    public void Refill(int position) => ticks[position] =
        Math.Min(options.MaximumTicks, ticks[position] + options.TicksPerSlice);

    /// <summary>Ticks that a position has.</summary>
    public int TicksOf(int position) => ticks[position];

    /// <summary>Takes ticks from a position.</summary>
    public void Spend(int position, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ticks[position]);
        ticks[position] -= count;
    }
}
