using System.Globalization;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Sweeps;

/// <summary>
/// How often a point is repeated, with which seeds, and when that is enough. All points and
/// architectures have the same seeds, so that they are compared under the same draws.
/// </summary>
/// <param name="Seed">The experiment's seed: that of the first repeat.</param>
/// <param name="Most">Most repeats, 2 and up.</param>
/// <param name="UntilShare">
/// Enough when the interval's half width is at most this share of the mean; null for all repeats.
/// </param>
public sealed record RepeatRule(ulong Seed, int Most, decimal? UntilShare)
{
    /// <summary>
    /// The rule of an experiment. Two repeats are the least, as fewer have no interval.
    /// </summary>
    public static RepeatRule Of(Experiment experiment) => new(
        experiment.Seed,
        Math.Max(MeanInterval.FewestRepeats, experiment.Repetition?.Seeds ?? 0),
        experiment.Repetition?.UntilHalfWidth);

    /// <summary>Repeats that are needed whatever they give.</summary>
    public int Least => UntilShare is null ? Most : MeanInterval.FewestRepeats;

    /// <summary>
    /// The seeds: the experiment's own, then the draws of SplitMix64 from it.
    /// </summary>
    public IEnumerable<ulong> Seeds()
    {
        yield return Seed;
        var draws = new SplitMix64(Seed);
        for (var number = 1; number < Most; number++)
            yield return draws.Next();
    }

    /// <summary>Whether so many repeats are enough, by what they gave.</summary>
    public bool IsEnough(in MeanInterval interval) =>
        interval.Count >= Most || (UntilShare is { } share && interval.IsWithin(share));

    /// <summary>The rule in words.</summary>
    public override string ToString() => UntilShare is { } share
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"each point is repeated until the half width of the 95 % confidence interval "
                + $"(Student's t) of operations/s is at most {share * 100:0.######} % of the "
                + $"mean, with {MeanInterval.FewestRepeats} to {Most} seeds")
        : string.Create(
            CultureInfo.InvariantCulture, $"each point runs with {Most} seeds");
}
