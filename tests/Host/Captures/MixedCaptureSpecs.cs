using Disguise.Hardware.Captures;
using Xunit;

namespace Disguise.Host.Tests.Captures;

/// <summary>
/// The committed capture is what its maker writes. After a change of the maker, copy
/// <c>mixed.actual.pcapng</c> from beside the test's binary over the committed file.
/// </summary>
public sealed class MixedCaptureSpecs
{
    [Fact]
    public void The_capture_that_is_shipped_is_what_its_maker_writes()
    {
        var made = MixedCapture.Make();
        var path = Path.Combine(
            AppContext.BaseDirectory, "Experiments", "Shipped", "captures", MixedCapture.Name);
        var shipped = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (!made.AsSpan().SequenceEqual(shipped))
        {
            File.WriteAllBytes(
                Path.Combine(AppContext.BaseDirectory, "mixed.actual.pcapng"), made);
        }

        Assert.Equal(made, shipped);
    }

    [Fact]
    public void The_capture_holds_whole_frames_and_one_stump()
    {
        var frames = CaptureReader.ReadAll(new MemoryStream(MixedCapture.Make()), 100);

        Assert.Equal(MixedCapture.Sent + 1, frames.Count);
        Assert.Equal(MixedCapture.Sent, frames.Count(frame => frame.Bytes.Length >= 60));
        Assert.All(frames, frame => Assert.True(frame.IsComplete));
    }
}
