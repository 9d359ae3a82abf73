using Disguise.Actors.Randomness;
using Disguise.Actors.Time;

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

    /// <summary>Earliest arrival in the batch.</summary>
    public long NextTimePs { get; private set; } = Picoseconds.Never;

    /// <summary>Before this time nothing that the batch causes can arrive elsewhere.</summary>
    public long PromisePs { get; private set; } = Picoseconds.Never;

    public void AddWord(long arrivalPs, ulong order, InputPort to, long word) =>
        Next(to, arrivalPs) = new Record(to, arrivalPs, order, word, 0, -1);

    public void AddFrame(
        long arrivalPs, ulong order, InputPort to, ulong digest, ReadOnlySpan<byte> frame)
    {
        if (usedBytes + frame.Length > bytes.Length)
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, usedBytes + frame.Length));
        frame.CopyTo(bytes.AsSpan(usedBytes));
        Next(to, arrivalPs) = new Record(
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

    /// <summary>Gives the batch to the islands that it is for, and empties it.</summary>
    public void Deliver()
    {
        for (var index = 0; index < count; index++)
        {
            ref readonly var record = ref records[index];
            var island = record.To.Island;
            var word = record.Word;
            if (record.LengthBytes >= 0)
            {
                var frame = bytes.AsSpan(record.Offset, record.LengthBytes);
                word = island.Frames.TakeArrived(frame, unchecked((ulong)record.Word));
            }

            island.Arrive(record.ArrivalPs, record.Order, record.To, word);
        }

        count = 0;
        usedBytes = 0;
        NextTimePs = Picoseconds.Never;
        PromisePs = Picoseconds.Never;
    }

    private ref Record Next(InputPort to, long arrivalPs)
    {
        if (count == records.Length)
            Array.Resize(ref records, count * 2);
        if (arrivalPs < NextTimePs)
            NextTimePs = arrivalPs;
        var lookaheadPs = to.LookaheadPs;
        if (lookaheadPs < PromisePs - arrivalPs)
            PromisePs = arrivalPs + lookaheadPs;
        return ref records[count++];
    }

    private readonly record struct Record(
        InputPort To, long ArrivalPs, ulong Order, long Word, int Offset, int LengthBytes);
}
