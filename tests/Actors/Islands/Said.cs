using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Tests.Islands;

/// <summary>A crossing with a text that a test can recognise.</summary>
internal sealed record Said(string Text) : CrossingMessage(CrossingKind.Ipc)
{
    public override ulong ContentDigest(Island island, long word) => Digest.OfText(Text);
}

/// <summary>An internal message with a text.</summary>
internal sealed record Thought(string Text) : IInternalMessage;

/// <summary>A crossing whose meaning is in its word.</summary>
internal sealed record Rung() : CrossingMessage(CrossingKind.Mmio), IWordMessage
{
    public override ulong ContentDigest(Island island, long word) => (ulong)word;
}

/// <summary>A crossing that brings a frame.</summary>
internal sealed record Framed() : CrossingMessage(CrossingKind.Packet), IFrameMessage
{
    public override ulong ContentDigest(Island island, long word) => island.Frames.DigestOf(word);
}
