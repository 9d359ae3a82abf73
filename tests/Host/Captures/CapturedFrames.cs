using Disguise.Hardware.Captures;

namespace Disguise.Host.Tests.Captures;

/// <summary>The first frames of a capture, to be compared with those of another.</summary>
internal static class CapturedFrames
{
    /// <summary>The bytes of the first frames, in order; there must be as many.</summary>
    public static IReadOnlyList<string> First(string file, int count)
    {
        using var stream = File.OpenRead(file);
        var reader = new CaptureReader(stream);
        var frames = new List<string>();
        while (frames.Count < count && reader.TryRead(out var frame))
            frames.Add(Convert.ToHexString(frame.Bytes.Span));
        Assert.Equal(count, frames.Count);
        return frames;
    }
}
