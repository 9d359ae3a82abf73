using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Disguise.Actors.Crossings;

/// <summary>Fast digests of what crosses: XXH3, the same on every machine.</summary>
public static class Digest
{
    /// <summary>Digest of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes) => XxHash3.HashToUInt64(bytes);

    /// <summary>Digest of words, in little-endian order.</summary>
    public static ulong Of(params ReadOnlySpan<ulong> words) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(words));

    /// <summary>Digest of a text's UTF-16 code units (FNV-1a, 64 bits).</summary>
    public static ulong OfText(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        return hash;
    }

    /// <summary>Mixes two words into one; not commutative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left ^ 0x9E3779B97F4A7C15UL, right ^ 0xC2B2AE3D27D4EB4FUL,
            out var low);
        return high ^ low ^ left;
    }
}
