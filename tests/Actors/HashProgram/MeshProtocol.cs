using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Tests.HashProgram;

/// <summary>A frame came in.</summary>
internal sealed record FrameArrived() : CrossingMessage(CrossingKind.Packet), IFrameMessage
{
    /// <summary>The one object.</summary>
    public static FrameArrived Instance { get; } = new();

    /// <inheritdoc/>
    public override ulong ContentDigest(Island island, long word) => island.Frames.DigestOf(word);
}

/// <summary>Something to do; its word says what.</summary>
internal sealed record Work() : CrossingMessage(CrossingKind.Ipc), IWordMessage
{
    /// <summary>The one object.</summary>
    public static Work Instance { get; } = new();

    /// <inheritdoc/>
    public override ulong ContentDigest(Island island, long word) => (ulong)word;
}

/// <summary>A note that can be stashed.</summary>
/// <param name="Value">What it says.</param>
internal sealed record Note(int Value) : CrossingMessage(CrossingKind.SystemCall)
{
    /// <inheritdoc/>
    public override ulong ContentDigest(Island island, long word) => (ulong)Value;
}

/// <summary>A child shall crash.</summary>
internal sealed record Crash : IInternalMessage;

/// <summary>All children shall stop.</summary>
internal sealed record StopAll : IInternalMessage;

/// <summary>A timer of Akka went off.</summary>
internal sealed record Alarm : IInternalMessage;
