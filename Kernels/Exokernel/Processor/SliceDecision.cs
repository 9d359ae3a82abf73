namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>What the kernel has to do with a core, and what deciding it took.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Environment">With whom; <see cref="SliceVector.Nobody"/> where none.</param>
/// <param name="TimerPs">When the core's timer is to interrupt, or never.</param>
internal readonly record struct SliceDecision(SliceAction Action, int Environment, long TimerPs)
{
    /// <summary>Products of wakeup predicates that were computed.</summary>
    public int Products { get; init; }

    /// <summary>Slices that came up and were passed over, as a penalty.</summary>
    public int Forfeited { get; init; }

    /// <summary>The environment that a yield named could not run.</summary>
    public bool IsDonationLost { get; init; }
}
