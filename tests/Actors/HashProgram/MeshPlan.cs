using Disguise.Actors.Islands;
using Disguise.Actors.Time;

namespace Disguise.Actors.Tests.HashProgram;

/// <summary>What a mesh is like, and the one thing in which it may differ from another.</summary>
public sealed record MeshPlan
{
    /// <summary>Number of islands.</summary>
    public int IslandCount { get; init; } = 4;

    /// <summary>End of the run.</summary>
    public long UntilPs { get; init; } = 200 * Picoseconds.PerMicrosecond;

    /// <summary>Called before the run; for observers.</summary>
    public Action<Emulation>? Prepare { get; init; }

    /// <summary>The frame of island 0, counted from 1, in which one bit is flipped.</summary>
    public int FlippedFrame { get; init; }

    /// <summary>The work of island 0, counted from 1, that takes 1 ps longer.</summary>
    public int LongerWork { get; init; }
}
