using Disguise.Actors.Crossings;
using Disguise.Hardware.Wire;

namespace Disguise.Host.Explaining;

/// <summary>
/// Tells the frames of one request by their bytes: from or to its client, with the same first
/// bytes of payload as the frame that began it.
/// </summary>
internal sealed class FollowedFrames(Ipv4Address client, long skipped)
{
    private const int PayloadBytes = 16;

    private long beginPs = long.MaxValue;
    private long frames;
    private ulong? latest;
    private bool isFollowing;

    /// <summary>Requests sent before a time are not counted.</summary>
    public void BeginAt(long timePs) => beginPs = timePs;

    /// <summary>
    /// Whether a frame that the client sends at a time is the request: the first one from
    /// <see cref="BeginAt"/> on, or a number of requests later. To be asked once for each frame.
    /// </summary>
    public bool Begins(ReadOnlySpan<byte> frame, long startPs)
    {
        if (isFollowing || startPs < beginPs || !FrameParser.TryRead(frame, out var fields)
            || !fields.HasPorts || fields.Source != client)
            return false;
        latest = NumberOf(frame, fields);
        isFollowing = frames++ == skipped;
        return isFollowing;
    }

    /// <summary>Whether a frame belongs to the request, which has begun.</summary>
    public bool Contains(ReadOnlySpan<byte> frame) => isFollowing
        && FrameParser.TryRead(frame, out var fields) && fields.HasPorts
        && (fields.Source == client || fields.Destination == client)
        && NumberOf(frame, fields) == latest;

    private static ulong NumberOf(ReadOnlySpan<byte> frame, in FrameFields fields)
    {
        var payload = frame[fields.PayloadOffset..fields.EndOffset];
        return Digest.Of(payload[..Math.Min(PayloadBytes, payload.Length)]);
    }
}
