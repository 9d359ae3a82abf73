namespace Disguise.LibOS.Applications;

/// <summary>What is measured of a fork.</summary>
public enum ForkOperation
{
    /// <summary>Making the child, by its parent's clock.</summary>
    Fork,

    /// <summary>The parent's first write to a page that it shares with the child: a copy.</summary>
    FirstWrite,

    /// <summary>
    /// The child's, to the same page: a copy too where the parent has not written yet, else the
    /// frame becomes its own.
    /// </summary>
    ChildWrite,
}
