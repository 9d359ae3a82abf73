namespace Disguise.Host.Commands;

/// <summary>What <c>calibrate</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="Repetitions">Repetitions of each measurement; null for the usual.</param>
public sealed record CalibrateOptions(CommonOptions Common, int? Repetitions)
{
    /// <summary>Most repetitions.</summary>
    public const int MostRepetitions = 10_000;
}
