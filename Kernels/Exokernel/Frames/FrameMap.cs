using System.Numerics;

namespace Disguise.Kernels.Exokernel.Frames;

/// <summary>
/// The records of a range of frames, in chunks of 64 that exist once a frame of theirs was taken,
/// and which of them are taken. Frames count from 0 here.
/// </summary>
internal sealed class FrameMap
{
    private const int ChunkShift = 6;
    private const int ChunkSize = 1 << ChunkShift;

    private readonly int frameCount;
    private readonly Chunk?[] chunks;

    // No frame is free in a chunk before this one.
    private int firstOpen;

    /// <summary>Frames that are all free.</summary>
    public FrameMap(int frameCount)
    {
        this.frameCount = frameCount;
        chunks = new Chunk?[(frameCount + ChunkSize - 1) >> ChunkShift];
        FreeCount = frameCount;
    }

    /// <summary>How many frames are free.</summary>
    public int FreeCount { get; private set; }

    /// <summary>The record of a frame that was taken at some time.</summary>
    public ref FrameRecord this[int frame] =>
        ref chunks[frame >> ChunkShift]!.Records[frame & (ChunkSize - 1)];

    /// <summary>Whether a frame is taken.</summary>
    public bool IsTaken(int frame) =>
        chunks[frame >> ChunkShift] is { } chunk
        && (chunk.Taken >> (frame & (ChunkSize - 1)) & 1) != 0;

    /// <summary>The generation of a frame, free or not.</summary>
    public uint GenerationOf(int frame) =>
        chunks[frame >> ChunkShift] is null ? 0 : this[frame].Generation;

    /// <summary>The lowest free frame; -1 when there is none.</summary>
    public int LowestFree()
    {
        for (; firstOpen < chunks.Length; firstOpen++)
        {
            ulong taken = chunks[firstOpen]?.Taken ?? 0;
            int frame = (firstOpen << ChunkShift) + BitOperations.TrailingZeroCount(~taken);
            if (taken != ulong.MaxValue && frame < frameCount)
            {
                return frame;
            }
        }

        return -1;
    }

    /// <summary>The first of the lowest free frames in a row; -1 when there are none.</summary>
    public int LowestFreeRun(int count)
    {
        int start = LowestFree();
        for (int frame = start; start >= 0 && frame - start < count; frame++)
        {
            if (frame >= frameCount)
            {
                return -1;
            }

            if (IsTaken(frame))
            {
                start = frame + 1;
            }
        }

        return start;
    }

    /// <summary>Takes a free frame; its record keeps its generation.</summary>
    public ref FrameRecord Take(int frame)
    {
        if (IsTaken(frame))
        {
            throw new InvalidOperationException($"Frame {frame} is taken already.");
        }

        Chunk chunk = chunks[frame >> ChunkShift] ??= new Chunk();
        chunk.Taken |= 1UL << (frame & (ChunkSize - 1));
        FreeCount--;
        ref FrameRecord record = ref this[frame];
        record = new FrameRecord { Generation = record.Generation };
        return ref record;
    }

    /// <summary>Makes a taken frame free.</summary>
    public void Free(int frame)
    {
        if (!IsTaken(frame))
        {
            throw new InvalidOperationException($"Frame {frame} is free already.");
        }

        chunks[frame >> ChunkShift]!.Taken &= ~(1UL << (frame & (ChunkSize - 1)));
        firstOpen = Math.Min(firstOpen, frame >> ChunkShift);
        FreeCount++;
    }

    private sealed class Chunk
    {
        public FrameRecord[] Records { get; } = new FrameRecord[ChunkSize];

        public ulong Taken { get; set; }
    }
}
