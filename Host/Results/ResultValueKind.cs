namespace Disguise.Host.Results;

/// <summary>What a path of the result led to.</summary>
public enum ResultValueKind
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A value that this run did not measure: null in the result.</summary>
    NotMeasured,

    /// <summary>A value of an architecture under which the experiment was not run.</summary>
    RunNotMade,

    /// <summary>No value of that name, or not a number.</summary>
    Unknown,
}
