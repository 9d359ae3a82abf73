namespace Disguise.Host.Experiments.Source;

/// <summary>Where a value was written: a line of a file, from 1, or an option (line 0).</summary>
internal readonly record struct SourcePosition(string File, int Line)
{
    /// <summary>The position of a value that came from the command line.</summary>
    public static SourcePosition Option(string option) => new(option, 0);

    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}";

    /// <summary>The one line for a mistake here.</summary>
    public ExperimentError Error(string what, string? allowed = null) =>
        new(ToString(), what, allowed);
}
