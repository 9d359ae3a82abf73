using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Host.Reports;

namespace Disguise.Host.Recording;

/// <summary>Writes every crossing of every island into a trace that Perfetto reads.</summary>
internal sealed class CrossingTrace : IDisposable
{
    private readonly Stream stream;
    private readonly PerfettoTrace trace;
    private readonly WindowMerge<TraceRecord> merge;
    private readonly IReadOnlyList<Island> islands;

    public CrossingTrace(string path, IReadOnlyList<Island> islands)
    {
        this.islands = islands;
        stream = File.Create(path);
        trace = new PerfettoTrace(stream);
        merge = new WindowMerge<TraceRecord>((_, _, record) => trace.Write(record));
        foreach (var island in islands)
            island.Observer = new Watcher(this, merge.AddSource());
    }

    /// <summary>Records left out because the trace is full.</summary>
    public long LeftOut => trace.LeftOut;

    /// <summary>Writes what a window brought; no island runs.</summary>
    public void EndWindow(long nowPs) => merge.Flush(nowPs);

    public void Dispose()
    {
        merge.Flush();
        trace.Finish();
        trace.Dispose();
        stream.Dispose();
    }

    private sealed class Watcher(CrossingTrace owner, WindowMerge<TraceRecord>.Source source)
        : ICrossingObserver
    {
        public void Crossed(
            in Crossing crossing, CrossingMessage message, IslandActorRef to, long word)
        {
            if (owner.trace.Written + source.Records.Count >= PerfettoTrace.DefaultRecordLimit)
                return;
            source.Add(crossing.TimePs, new TraceRecord(
                crossing.TimePs, 0, message.Kind.Name,
                ActorAddress.Of(owner.islands[crossing.Island], crossing.From),
                ActorAddress.Of(owner.islands[crossing.Island], crossing.To)));
        }
    }
}
