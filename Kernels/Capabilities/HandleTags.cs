using System.Numerics;

namespace Disguise.Kernels.Capabilities;

/// <summary>
/// Draws the unguessable part of handles: SipHash-2-4 (Aumasson and Bernstein, 2012) of the number
/// of the grant under a secret key. Who has seen any number of handles still cannot tell the next,
/// and a grant can be foretold without changing state.
/// </summary>
public readonly struct HandleTags
{
    private readonly ulong key0;
    private readonly ulong key1;

    /// <summary>Tags under a key of 128 bits, drawn from the machine's seeded generator.</summary>
    public HandleTags(ulong key0, ulong key1)
    {
        this.key0 = key0;
        this.key1 = key1;
    }

    /// <summary>The tag of the grant with this number: 40 bits, never 0.</summary>
    public ulong Of(long grant)
    {
        ulong tag = Hash((ulong)grant) >> (64 - Handle.TagBits);
        return tag == 0 ? 1 : tag;
    }

    /// <summary>
    /// SipHash-2-4 of the eight bytes of a message, least significant byte first.
    /// </summary>
    public ulong Hash(ulong message)
    {
        const ulong lengthBlock = 8UL << 56;
        ulong v0 = key0 ^ 0x736f6d6570736575;
        ulong v1 = key1 ^ 0x646f72616e646f6d;
        ulong v2 = key0 ^ 0x6c7967656e657261;
        ulong v3 = key1 ^ 0x7465646279746573;
        v3 ^= message;
        Rounds(2, ref v0, ref v1, ref v2, ref v3);
        v0 ^= message;
        v3 ^= lengthBlock;
        Rounds(2, ref v0, ref v1, ref v2, ref v3);
        v0 ^= lengthBlock;
        v2 ^= 0xff;
        Rounds(4, ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static void Rounds(int count, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        for (int round = 0; round < count; round++)
        {
            v0 += v1;
            v2 += v3;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
