using System.Buffers.Binary;

namespace Disguise.Kernels.Records;

/// <summary>
/// A 64-bit digest of a kernel's records, to compare two states: equal states have equal digests,
/// different ones almost never. Not a defence against anybody who chooses the state.
/// </summary>
internal struct StateDigest
{
    private const ulong Multiplier = 0x9e3779b97f4a7c15;

    private ulong state;

    /// <summary>The digest of what was added so far.</summary>
    public readonly ulong Value => Mix(state);

    /// <summary>Adds a number.</summary>
    public void Add(long number) => state = Mix(state ^ (ulong)number) + Multiplier;

    /// <summary>Adds bytes, their number included.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            Add(BinaryPrimitives.ReadInt64LittleEndian(bytes));
        }

        foreach (byte rest in bytes)
        {
            Add(rest);
        }
    }

    private static ulong Mix(ulong value)
    {
        ulong mixed = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }
}
