namespace Disguise.Kernels.Abstractions;

/// <summary>How a container gets a core.</summary>
public enum CorePlacementKind
{
    /// <summary>One core is its own; the scheduler never touches it again.</summary>
    Own,

    /// <summary>Any core that nobody owns, by the scheduler.</summary>
    Shared,

    /// <summary>One core by number, shared with all that are pinned to it.</summary>
    Pinned,
}
