namespace Disguise.Kernels.Abstractions;

/// <summary>Which core the contexts of a container run on.</summary>
/// <param name="Kind">Own, shared or pinned.</param>
/// <param name="Core">The core's number where it is pinned; else 0.</param>
public readonly record struct CorePlacement(CorePlacementKind Kind, int Core = 0)
{
    /// <summary>A core of its own.</summary>
    public static CorePlacement Own => new(CorePlacementKind.Own);

    /// <summary>Any core that nobody owns.</summary>
    public static CorePlacement Shared => new(CorePlacementKind.Shared);
}
