using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Actors.Wires;

namespace Disguise.Hardware.Network;

/// <summary>Frames between stations, links and switches. The receiver owns the frame.</summary>
public static class NetworkProtocol
{
    /// <summary>Hands a frame to a link, which sends it; the word is the frame's handle.
    /// </summary>
    public sealed record Transmit() : CrossingMessage(CrossingKind.Packet), IFrameMessage
    {
        /// <summary>The only instance.</summary>
        public static Transmit Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            island.Frames.DigestOf(word);
    }

    /// <summary>
    /// The last bit of a frame has arrived at a port; the word is the frame's handle. One
    /// instance for each port is made once. A frame whose bytes were damaged on the wire arrives
    /// with <see cref="HasBadFrameCheck"/>: a CRC of 32 bits finds every single flipped bit (IEEE
    /// 802.3 clause 3.2.9), so the flag stands for the sum that the receiver would compute. The
    /// receiver drops such a frame as <see cref="NetworkDrops.BadFrameCheck"/>.
    /// </summary>
    /// <param name="Port">Number of the port at the receiver, from 0.</param>
    /// <param name="HasBadFrameCheck">Whether the frame check fails.</param>
    public sealed record FrameArrival(int Port, bool HasBadFrameCheck = false)
        : CrossingMessage(CrossingKind.Packet), IFrameMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Mix(
            island.Frames.DigestOf(word), ((ulong)(uint)Port << 1) | (HasBadFrameCheck ? 1u : 0u));
    }
}
