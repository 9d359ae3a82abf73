namespace Disguise.Actors.Ledgers;

/// <summary>Which file gives the value of a cost.</summary>
public enum CostSource
{
    /// <summary>A hardware event: the platform file.</summary>
    Platform,

    /// <summary>What a real code base spends on top: the profile file.</summary>
    Profile,

    /// <summary>The experiment itself, or time that passes: work, polling, waiting.</summary>
    Experiment,
}
