using Disguise.Actors.Islands;
using Disguise.Host.Recording;

namespace Disguise.Host.Running;

/// <summary>What happens between two windows: recording is written, progress is shown.</summary>
internal sealed class WindowEdges(
    IProgressObserver progress, CrossingTrace? trace, FrameCapture? capture) : IProgressObserver
{
    public int WindowsBetweenCalls =>
        trace is null && capture is null ? progress.WindowsBetweenCalls : 16;

    public bool Reached(long nowPs)
    {
        trace?.EndWindow(nowPs);
        capture?.EndWindow(nowPs);
        return progress.Reached(nowPs);
    }
}
