using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Disguise.Actors.Crossings;

/// <summary>
/// Running digest of one island's crossings and lifecycle steps: XXH128 chained over blocks of
/// records. A block ends when it is full or when an interval ends, never when a window does.
/// </summary>
public sealed class IslandDigest
{
    private const int BlockLength = 64;

    private readonly Crossing[] block = new Crossing[BlockLength];
    private int length;
    private UInt128 running;

    /// <summary>Records seen.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Crossing crossing)
    {
        block[length++] = crossing;
        Count++;
        if (length == BlockLength)
            Fold();
    }

    /// <summary>The digest of all records so far; ends a block.</summary>
    public UInt128 Current()
    {
        if (length > 0)
            Fold();
        return running;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fold()
    {
        var bytes = MemoryMarshal.AsBytes(block.AsSpan(0, length));
        var digest = XxHash128.HashToUInt128(bytes, unchecked((long)(ulong)running));
        running = digest ^ ((running << 17) | (running >> 111));
        length = 0;
    }
}
