using System.Text.Json;
using Disguise.Actors.Time;

namespace Disguise.Host.Reports;

/// <summary>
/// Writes a trace that ui.perfetto.dev and chrome://tracing read: the Chrome trace-event format in
/// its JSON object form. A process is a machine, a thread is an actor by its address; a charge is
/// a complete event, a crossing a flow from a slice at its sender to one at its receiver.
/// Timestamps are microseconds with the picoseconds as decimals. Records come in order of time;
/// events leave in order of time, so each track is in order too. Memory is bounded: an arrival
/// waits here until its time, and past <see cref="PendingLimit"/> of them a crossing is written
/// without its arrow; past the limit on records the rest is counted and said at the end.
/// </summary>
public sealed class PerfettoTrace : IDisposable
{
    /// <summary>How many records a trace takes unless told otherwise.</summary>
    public const int DefaultRecordLimit = 1_000_000;

    /// <summary>How many crossings may be on their way at once.</summary>
    public const int PendingLimit = 65_536;

    private const int FlushBytes = 1 << 16;

    private readonly Stream stream;
    private readonly Utf8JsonWriter writer;
    private readonly long recordLimit;
    private readonly Dictionary<string, int> processes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Track> tracks = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Arrival, (long TimePs, long Flow)> pending = new();
    private long latestPs = long.MinValue;
    private long flows;
    private bool isFinished;

    /// <summary>Starts a trace. The stream stays the caller's.</summary>
    public PerfettoTrace(Stream stream, long recordLimit = DefaultRecordLimit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(recordLimit);
        this.stream = stream;
        this.recordLimit = recordLimit;
        writer = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString("displayTimeUnit", "ns");
        writer.WriteStartArray("traceEvents");
    }

    /// <summary>Records taken.</summary>
    public long Written { get; private set; }

    /// <summary>Records left out because the limit was reached.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Counts records that the caller left out because the trace was full.</summary>
    public void LeaveOut(long records) => LeftOut += records;

    /// <summary>Crossings written without an arrow because too many were on their way.</summary>
    public long WithoutArrow { get; private set; }

    /// <summary>Takes the next record.</summary>
    /// <exception cref="InvalidOperationException">It is earlier than the one before.</exception>
    public void Write(in TraceRecord record)
    {
        if (record.TimePs < latestPs || record.DurationPs < 0 || isFinished)
        {
            throw new InvalidOperationException(
                $"trace record at {record.TimePs} ps after one at {latestPs} ps");
        }

        latestPs = record.TimePs;
        if (Written == recordLimit)
        {
            LeftOut++;
            return;
        }

        Written++;
        WriteArrivalsUpTo(record.TimePs);
        var from = TrackOf(record.From);
        if (record.To is null)
        {
            WriteSlice(from, record.Kind, record.TimePs, record.DurationPs, null, null);
        }
        else
        {
            WriteCrossing(record, from);
        }

        if (writer.BytesPending > FlushBytes)
        {
            writer.Flush();
        }
    }

    /// <summary>
    /// Writes what is on its way and the end of the document; where records were left out, a last
    /// event says how many.
    /// </summary>
    public void Finish()
    {
        if (isFinished)
        {
            return;
        }

        isFinished = true;
        WriteArrivalsUpTo(long.MaxValue);
        if (LeftOut > 0)
        {
            WriteNotice($"the trace ends here: {LeftOut} more records were left out");
        }

        writer.WriteEndArray();
        writer.WriteStartObject("otherData");
        writer.WriteNumber("records", Written);
        writer.WriteNumber("records_left_out", LeftOut);
        writer.WriteNumber("crossings_without_arrow", WithoutArrow);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Finishes the trace.</summary>
    public void Dispose()
    {
        Finish();
        writer.Dispose();
    }

    private void WriteCrossing(in TraceRecord record, Track from)
    {
        var to = TrackOf(record.To!);
        WriteSlice(from, record.Kind, record.TimePs, 0, "to", record.To);
        if (pending.Count == PendingLimit)
        {
            WithoutArrow++;
            return;
        }

        var flow = flows++;
        WriteFlow("s", record.Kind, from, record.TimePs, flow);
        var arrivalPs = checked(record.TimePs + record.DurationPs);
        pending.Enqueue(
            new Arrival(to, record.Kind, record.From), (arrivalPs, flow));
    }

    private void WriteArrivalsUpTo(long timePs)
    {
        while (pending.TryPeek(out var arrival, out var key) && key.TimePs <= timePs)
        {
            pending.Dequeue();
            WriteSlice(arrival.To, arrival.Kind, key.TimePs, 0, "from", arrival.From);
            WriteFlow("f", arrival.Kind, arrival.To, key.TimePs, key.Flow);
        }
    }

    private void WriteSlice(
        Track track, string name, long timePs, long durationPs, string? key, string? address)
    {
        StartEvent("X", name, track, timePs);
        WriteMicroseconds("dur", durationPs);
        if (key is not null)
        {
            writer.WriteStartObject("args");
            writer.WriteString(key, address);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteFlow(string phase, string name, Track track, long timePs, long flow)
    {
        StartEvent(phase, name, track, timePs);
        writer.WriteString("cat", "crossing");
        writer.WriteNumber("id", flow);
        if (phase == "f")
        {
            // Binds the arrow's head to the slice around it, not to the next one.
            writer.WriteString("bp", "e");
        }

        writer.WriteEndObject();
    }

    private void StartEvent(string phase, string name, Track track, long timePs)
    {
        writer.WriteStartObject();
        writer.WriteString("ph", phase);
        writer.WriteString("name", name);
        writer.WriteNumber("pid", track.Process);
        writer.WriteNumber("tid", track.Thread);
        WriteMicroseconds("ts", timePs);
    }

    private void WriteNotice(string text)
    {
        writer.WriteStartObject();
        writer.WriteString("ph", "i");
        writer.WriteString("s", "g");
        writer.WriteString("name", text);
        writer.WriteNumber("pid", 0);
        writer.WriteNumber("tid", 0);
        WriteMicroseconds("ts", latestPs);
        writer.WriteEndObject();
    }

    private void WriteMicroseconds(string key, long timePs)
    {
        Span<byte> text = stackalloc byte[32];
        var (whole, rest) = Math.DivRem(timePs, Picoseconds.PerMicrosecond);
        writer.WritePropertyName(key);
        if (!System.Text.Unicode.Utf8.TryWrite(text, $"{whole}.{rest:000000}", out var length))
        {
            throw new InvalidOperationException($"{timePs} ps does not fit its buffer");
        }

        writer.WriteRawValue(text[..length], skipInputValidation: true);
    }

    private Track TrackOf(string address)
    {
        if (tracks.TryGetValue(address, out var track))
        {
            return track;
        }

        var dot = address.IndexOf('.');
        var machine = dot < 0 ? address : address[..dot];
        if (!processes.TryGetValue(machine, out var process))
        {
            process = processes.Count + 1;
            processes.Add(machine, process);
            WriteName("process_name", process, 0, machine);
        }

        track = new Track(process, tracks.Count + 1);
        tracks.Add(address, track);
        WriteName("thread_name", process, track.Thread, address);
        return track;
    }

    private void WriteName(string kind, int process, int thread, string name)
    {
        writer.WriteStartObject();
        writer.WriteString("ph", "M");
        writer.WriteString("name", kind);
        writer.WriteNumber("pid", process);
        writer.WriteNumber("tid", thread);
        writer.WriteStartObject("args");
        writer.WriteString("name", name);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private readonly record struct Track(int Process, int Thread);

    private readonly record struct Arrival(Track To, string Kind, string From);
}
