using Disguise.Actors.Crossings;
using Disguise.Actors.Time;
using Disguise.Host.Recording;
using Disguise.Host.Running;

namespace Disguise.Host.Verbs;

/// <summary>Where two runs part that ought to be equal.</summary>
/// <param name="FromPs">Up to here their interval hashes agree.</param>
/// <param name="UntilPs">Here they do not.</param>
/// <param name="First">The first crossing that differs, as either run has it.</param>
internal sealed record RunComparison(long FromPs, long UntilPs, string First)
{
    /// <summary>
    /// Compares two runs by their hashes; null if they are equal. A difference is narrowed to an
    /// interval of virtual time by the interval hashes; then both runs are made again with that
    /// interval's crossings kept.
    /// </summary>
    public static RunComparison? Find(
        RunOutcome left, RunOutcome right,
        Func<(long FromPs, long UntilPs), RunOutcome> leftAgain,
        Func<(long FromPs, long UntilPs), RunOutcome> rightAgain)
    {
        if (RunHash.FirstDifference(left.Hash, right.Hash) is not { } found)
            return null;
        var interval = (found.FromPs, found.ToPs);
        return new RunComparison(
            found.FromPs, found.ToPs,
            IntervalTrace.FirstDifference(
                leftAgain(interval).Interval!, rightAgain(interval).Interval!)
            ?? "run again, that interval had equal crossings");
    }

    /// <summary>Prints it in words.</summary>
    public void Print(TextWriter output)
    {
        output.WriteLine(
            $"the runs first differ between {Picoseconds.Format(FromPs)} and "
            + Picoseconds.Format(UntilPs));
        output.WriteLine(First);
    }
}
