using System.Numerics;
using Disguise.Kernels.Records;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>Numbers from 0 below a limit, of which the lowest free one is taken first.</summary>
internal sealed class NumberSet(int limit)
{
    private readonly ulong[] taken = new ulong[(limit + 63) / 64];

    /// <summary>The lowest number that is not taken, or -1.</summary>
    public int LowestFree()
    {
        for (int word = 0; word < taken.Length; word++)
        {
            if (taken[word] != ulong.MaxValue)
            {
                int number = (word * 64) + BitOperations.TrailingZeroCount(~taken[word]);
                return number < limit ? number : -1;
            }
        }

        return -1;
    }

    /// <summary>Takes a number; that it is taken is a broken invariant.</summary>
    public void Take(int number) => Flip(number, isTaken: false);

    /// <summary>Frees a number; that it is free is a broken invariant.</summary>
    public void Release(int number) => Flip(number, isTaken: true);

    /// <summary>Adds the numbers taken to a digest.</summary>
    public void AddTo(ref StateDigest digest)
    {
        foreach (ulong word in taken)
        {
            digest.Add((long)word);
        }
    }

    private void Flip(int number, bool isTaken)
    {
        ulong bit = 1UL << (number & 63);
        if (number < 0 || number >= limit || ((taken[number / 64] & bit) != 0) != isTaken)
        {
            throw new InvalidOperationException(
                $"Number {number} of {limit} is {(isTaken ? "free" : "taken")}.");
        }

        taken[number / 64] ^= bit;
    }
}
