namespace Disguise.Host.Experiments.Expectations;

/// <summary>What a result path leads to.</summary>
public enum PathValueKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>Nothing was measured there: the result holds null.</summary>
    NotMeasured,

    /// <summary>The run of that architecture was not made.</summary>
    RunNotMade,

    /// <summary>The result has no such path.</summary>
    Unknown,
}
