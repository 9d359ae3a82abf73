using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Disguise.Hardware.Memory;

/// <summary>
/// The bytes of touched lines, in chunks of 64 KiB so that growth copies nothing. Free slots are
/// chained through their own first four bytes.
/// </summary>
internal sealed class LineSlab
{
    public const int LineSizeBytes = 128;
    private const int LinesPerChunkShift = 9;
    private const int LinesPerChunk = 1 << LinesPerChunkShift;
    private const int NoSlot = -1;

    private byte[][] chunks = [];
    private int chunkCount;
    private int unusedSlot;
    private int freeSlot = NoSlot;

    /// <summary>Bytes reserved for lines, in use or not.</summary>
    public long ReservedBytes => (long)chunkCount * LinesPerChunk * LineSizeBytes;

    /// <summary>The bytes of a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Line(int slot)
    {
        // The offset is inside any chunk, so only the chunk's number is checked.
        ref var first = ref MemoryMarshal.GetArrayDataReference(chunks[slot >> LinesPerChunkShift]);
        var offset = (slot & (LinesPerChunk - 1)) * LineSizeBytes;
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref first, offset), LineSizeBytes);
    }

    /// <summary>Takes a slot. Its bytes are zero.</summary>
    public int Allocate()
    {
        var slot = freeSlot;
        if (slot == NoSlot)
        {
            slot = unusedSlot++;
            if (slot >> LinesPerChunkShift == chunkCount) AddChunk();
        }
        else
        {
            freeSlot = BinaryPrimitives.ReadInt32LittleEndian(Line(slot));
        }
        Line(slot).Clear();
        return slot;
    }

    /// <summary>Gives a slot back.</summary>
    public void Free(int slot)
    {
        BinaryPrimitives.WriteInt32LittleEndian(Line(slot), freeSlot);
        freeSlot = slot;
    }

    private void AddChunk()
    {
        if (chunkCount == chunks.Length) Array.Resize(ref chunks, Math.Max(4, chunkCount * 2));
        chunks[chunkCount++] =
            GC.AllocateUninitializedArray<byte>(LinesPerChunk * LineSizeBytes);
    }
}
