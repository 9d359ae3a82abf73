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
    private readonly List<Watcher> watchers = [];

    public CrossingTrace(string path, IReadOnlyList<Island> islands)
    {
        this.islands = islands;
        stream = File.Create(path);
        trace = new PerfettoTrace(stream);
        merge = new WindowMerge<TraceRecord>((_, _, record) => trace.Write(record));
        foreach (var island in islands)
        {
            var watcher = new Watcher(this, merge.AddSource());
            watchers.Add(watcher);
            island.Observer = watcher;
        }
    }

    /// <summary>Records left out because the trace is full.</summary>
    public long LeftOut => trace.LeftOut + watchers.Sum(watcher => watcher.LeftOut);

    /// <summary>Writes what a window brought; no island runs.</summary>
    public void EndWindow(long nowPs) => merge.Flush(nowPs);

    public void Dispose()
    {
        merge.Flush();
        foreach (var watcher in watchers)
            trace.LeaveOut(watcher.TakeLeftOut());
        trace.Finish();
        trace.Dispose();
        stream.Dispose();
    }

    private sealed class Watcher(CrossingTrace owner, WindowMerge<TraceRecord>.Source source)
        : ICrossingObserver
    {
        /// <summary>Crossings that were not even kept, as the trace has no room for them.
        /// </summary>
        public long LeftOut { get; private set; }

        public long TakeLeftOut()
        {
            var taken = LeftOut;
            LeftOut = 0;
            return taken;
        }

        public void Crossed(
            in Crossing crossing, CrossingMessage message, IslandActorRef to, long word)
        {
            if (owner.trace.Written + source.Records.Count >= PerfettoTrace.DefaultRecordLimit)
            {
                LeftOut++;
                return;
            }

            source.Add(crossing.TimePs, new TraceRecord(
                crossing.TimePs, 0, message.Kind.Name,
                ActorAddress.Of(owner.islands[crossing.Island], crossing.From),
                ActorAddress.Of(owner.islands[crossing.Island], crossing.To)));
        }
    }
}
