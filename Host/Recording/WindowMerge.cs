namespace Disguise.Host.Recording;

/// <summary>
/// Puts what several islands record into one order of time. Each source adds from its island's
/// thread; between two windows, when no island runs, everything recorded is handed on by time,
/// then by source, then in the order of recording.
/// </summary>
internal sealed class WindowMerge<TRecord>
{
    private readonly List<Source> sources = [];
    private readonly List<(long TimePs, int Source, int Index)> order = [];
    private readonly Action<int, long, TRecord> take;

    public WindowMerge(Action<int, long, TRecord> take) => this.take = take;

    public Source AddSource()
    {
        var source = new Source();
        sources.Add(source);
        return source;
    }

    /// <summary>Hands on what was recorded before a time; a link records ahead of time.
    /// </summary>
    public void Flush(long beforePs = long.MaxValue)
    {
        for (var source = 0; source < sources.Count; source++)
        {
            var records = sources[source].Records;
            for (var index = 0; index < records.Count; index++)
            {
                if (records[index].TimePs < beforePs)
                    order.Add((records[index].TimePs, source, index));
            }
        }

        if (order.Count == 0)
            return;
        order.Sort();
        foreach (var (timePs, source, index) in order)
            take(source, timePs, sources[source].Records[index].Record);
        order.Clear();
        foreach (var source in sources)
            source.Records.RemoveAll(record => record.TimePs < beforePs);
    }

    internal sealed class Source
    {
        public List<(long TimePs, TRecord Record)> Records { get; } = [];

        public void Add(long timePs, TRecord record) => Records.Add((timePs, record));
    }
}
