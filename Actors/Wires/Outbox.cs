using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;

namespace Disguise.Actors.Wires;

/// <summary>
/// What one worker's islands sent to another worker's within a window: one batch. Records and
/// bytes are in two arrays that are used again.
/// </summary>
internal sealed class Outbox
{
    private Record[] records = new Record[16];
    private byte[] bytes = new byte[1_024];
    private int count;
    private int usedBytes;

    public int Count => count;

    public void Clear()
    {
        count = 0;
        usedBytes = 0;
    }

    public void AddWord(long arrivalPs, ulong order, InputPort to, long word) =>
        Next() = new Record(to, arrivalPs, order, word, 0, -1);

    public void AddFrame(
        long arrivalPs, ulong order, InputPort to, ulong digest, ReadOnlySpan<byte> frame)
    {
        if (usedBytes + frame.Length > bytes.Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, usedBytes + frame.Length));
        frame.CopyTo(bytes.AsSpan(usedBytes));
        Next() = new Record(
            to, arrivalPs, order, unchecked((long)digest), usedBytes, frame.Length);
        usedBytes += frame.Length;
    }

    /// <summary>Changes the order of delivery, which must change nothing else.</summary>
    public void Shuffle(DeterministicRandom random)
    {
        for (var index = count - 1; index > 0; index--)
        {
            var other = (int)random.Below((ulong)index + 1);
            (records[index], records[other]) = (records[other], records[index]);
        }
    }

    public void Deliver(IslandQueue queue)
    {
        for (var index = 0; index < count; index++)
        {
            ref readonly var record = ref records[index];
            var target = record.To.Target;
            var island = target.Island;
            var word = record.Word;
            if (record.LengthBytes >= 0)
            {
                var frame = bytes.AsSpan(record.Offset, record.LengthBytes);
                word = island.Frames.TakeArrived(frame, unchecked((ulong)record.Word));
            }

            island.ScheduleArrival(
                record.ArrivalPs, record.Order, target, record.To.Message, word,
                record.To.Identity);
            queue.Lower(island, record.ArrivalPs);
        }
    }

    private ref Record Next()
    {
        if (count == records.Length)
            Array.Resize(ref records, count * 2);
        return ref records[count++];
    }

    private readonly record struct Record(
        InputPort To, long ArrivalPs, ulong Order, long Word, int Offset, int LengthBytes);
}
