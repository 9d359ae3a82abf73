using System.Runtime.CompilerServices;
using Disguise.Actors.Crossings;

namespace Disguise.Actors.Wires;

/// <summary>
/// The bytes of the frames that are on wires and in device buffers of one island. A frame is
/// known by a handle; its bytes live in pooled arrays, so that a frame in flight allocates
/// nothing. A handle that outlived its frame throws.
/// </summary>
public sealed class FrameStore
{
    /// <summary>Longest frame, bytes: a jumbo frame with its VLAN tag.</summary>
    public const int LongestFrameBytes = 9_216;

    private static readonly int[] ClassBytes = [128, 256, 512, 1_024, 2_048, LongestFrameBytes];

    private readonly int limit;
    private readonly Stack<byte[]>[] pools;
    private Slot[] slots = new Slot[16];
    private int[] free = new int[16];
    private int freeCount;
    private int slotCount;

    internal FrameStore(int limit)
    {
        this.limit = limit;
        pools = new Stack<byte[]>[ClassBytes.Length];
        for (var index = 0; index < pools.Length; index++)
            pools[index] = new Stack<byte[]>();
    }

    /// <summary>Frames alive.</summary>
    public int Count => slotCount - freeCount;

    /// <summary>
    /// Shares in all frames alive; looks at every slot. A copy to several receivers is one frame
    /// with an owner for each.
    /// </summary>
    public long CountOwners()
    {
        var owners = 0L;
        foreach (ref readonly var slot in slots.AsSpan(0, slotCount))
            owners += slot.Owners;
        return owners;
    }

    /// <summary>Takes a frame of a length, with undefined bytes and one owner.</summary>
    public long Take(int lengthBytes)
    {
        if ((uint)(lengthBytes - 1) >= LongestFrameBytes)
            throw new ArgumentOutOfRangeException(nameof(lengthBytes), lengthBytes, "frame length");
        var index = TakeSlot();
        ref var slot = ref slots[index];
        var sizeClass = ClassOf(lengthBytes);
        slot.Bytes = pools[sizeClass].TryPop(out var pooled)
            ? pooled : new byte[ClassBytes[sizeClass]];
        slot.LengthBytes = lengthBytes;
        slot.Owners = 1;
        slot.HasDigest = false;
        return ((long)slot.Generation << 32) | (uint)index;
    }

    /// <summary>Takes a frame with a copy of bytes.</summary>
    public long Take(ReadOnlySpan<byte> bytes)
    {
        var frame = Take(bytes.Length);
        bytes.CopyTo(slots[(int)(uint)frame].Bytes);
        return frame;
    }

    /// <summary>Takes a frame that a wire brought, with the digest that came with it.</summary>
    internal long TakeArrived(ReadOnlySpan<byte> bytes, ulong digest)
    {
        var frame = Take(bytes);
        ref var slot = ref slots[(int)(uint)frame];
        slot.Digest = digest;
        slot.HasDigest = true;
        return frame;
    }

    /// <summary>The bytes of a frame.</summary>
    public ReadOnlySpan<byte> Read(long frame)
    {
        ref var slot = ref Find(frame);
        return slot.Bytes.AsSpan(0, slot.LengthBytes);
    }

    /// <summary>The bytes of a frame with one owner, to change; forgets its digest.</summary>
    public Span<byte> Write(long frame)
    {
        ref var slot = ref Find(frame);
        if (slot.Owners != 1)
            throw new InvalidOperationException("a frame with several owners cannot change");
        slot.HasDigest = false;
        return slot.Bytes.AsSpan(0, slot.LengthBytes);
    }

    /// <summary>Digest of the frame's bytes, computed once.</summary>
    public ulong DigestOf(long frame)
    {
        ref var slot = ref Find(frame);
        if (!slot.HasDigest)
        {
            slot.Digest = Digest.Of(slot.Bytes.AsSpan(0, slot.LengthBytes));
            slot.HasDigest = true;
        }

        return slot.Digest;
    }

    /// <summary>Adds an owner.</summary>
    public void Retain(long frame) => Find(frame).Owners++;

    /// <summary>Gives up an owner's share; the last one frees the frame.</summary>
    public void Release(long frame)
    {
        ref var slot = ref Find(frame);
        if (--slot.Owners > 0)
            return;
        pools[ClassOf(slot.LengthBytes)].Push(slot.Bytes);
        slot.Bytes = [];
        slot.Generation = (slot.Generation + 1) & int.MaxValue;
        if (freeCount == free.Length)
            Array.Resize(ref free, freeCount * 2);
        free[freeCount++] = (int)(uint)frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Slot Find(long frame)
    {
        ref var slot = ref slots[(int)(uint)frame];
        if (slot.Generation != (int)(frame >> 32) || slot.Owners == 0)
            throw new InvalidOperationException("the handle of a frame outlived it");
        return ref slot;
    }

    private int TakeSlot()
    {
        if (freeCount > 0)
            return free[--freeCount];
        if (slotCount == limit)
            throw new InvalidOperationException($"more than {limit} frames in one island");
        if (slotCount == slots.Length)
            Array.Resize(ref slots, slotCount * 2);
        return slotCount++;
    }

    private static int ClassOf(int lengthBytes)
    {
        var index = 0;
        while (ClassBytes[index] < lengthBytes)
            index++;
        return index;
    }

    private struct Slot
    {
        public byte[] Bytes;
        public ulong Digest;
        public int LengthBytes;
        public int Owners;
        public int Generation;
        public bool HasDigest;
    }
}
