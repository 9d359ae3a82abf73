namespace Disguise.Host.Experiments.Expectations;

/// <summary>What a result path leads to.</summary>
/// <param name="Kind">Whether there is a number.</param>
/// <param name="Number">The number; zero for the other kinds.</param>
/// <param name="Known">Paths that exist, for an unknown one; else null.</param>
public readonly record struct PathValue(
    PathValueKind Kind,
    double Number,
    IReadOnlyList<string>? Known
)
{
    /// <summary>Null in the result.</summary>
    public static PathValue NotMeasured => new(PathValueKind.NotMeasured, 0, null);

    /// <summary>The run was not made.</summary>
    public static PathValue RunNotMade => new(PathValueKind.RunNotMade, 0, null);

    /// <summary>A number.</summary>
    public static PathValue Of(double number) => new(PathValueKind.Number, number, null);

    /// <summary>No such path; the nearest of those that exist is named.</summary>
    public static PathValue Unknown(IReadOnlyList<string> known) =>
        new(PathValueKind.Unknown, 0, known);
}
