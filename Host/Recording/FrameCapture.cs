using Disguise.Hardware.Captures;
using Disguise.Hardware.Network;

namespace Disguise.Host.Recording;

/// <summary>Captures the frames of chosen links and functions into one pcapng file.</summary>
internal sealed class FrameCapture : IDisposable
{
    private readonly Stream stream;
    private readonly PcapngWriter writer;
    private readonly WindowMerge<(byte[] Bytes, FrameDirection Direction)> merge;

    public FrameCapture(string path)
    {
        stream = File.Create(path);
        writer = new PcapngWriter(stream, application: "disguise");
        merge = new WindowMerge<(byte[] Bytes, FrameDirection Direction)>(
            (source, timePs, frame) => writer.Write(
                source, timePs, frame.Bytes, DirectionOf(frame.Direction)));
    }

    /// <summary>Adds an interface; the tap goes to the link or function.</summary>
    public IFrameTap AddInterface(string address, long bitsPerSecond)
    {
        writer.AddInterface(address, bitsPerSecond);
        return new Tap(merge.AddSource());
    }

    /// <summary>Writes what a window brought; no island runs.</summary>
    public void EndWindow(long nowPs) => merge.Flush(nowPs);

    public void Dispose()
    {
        merge.Flush();
        writer.Dispose();
        stream.Dispose();
    }

    private static CaptureDirection DirectionOf(FrameDirection direction) =>
        direction == FrameDirection.Sent
            ? CaptureDirection.Outbound
            : CaptureDirection.Inbound;

    private sealed class Tap(WindowMerge<(byte[] Bytes, FrameDirection Direction)>.Source source)
        : IFrameTap
    {
        public void Passed(long timePs, ReadOnlySpan<byte> frame, FrameDirection direction) =>
            source.Add(timePs, (frame.ToArray(), direction));
    }
}
