using System.Numerics;

namespace Disguise.Hardware.PciExpress;

/// <summary>
/// The MSI-X table, the pending bits and the message control of one function (PCI Express Base
/// Specification 3.1 and PCI Local Bus Specification 3.0, section 6.8.2). A vector raised while it
/// or its function is masked is pending, once however often it was raised, and sends when nothing
/// masks it any more. Storage for vectors is made when the first one is written.
/// </summary>
public sealed class MsiXTable
{
    /// <summary>Vectors that one function can have.</summary>
    public const int MaximumVectors = 2048;

    /// <summary>Bytes of a table entry: address, upper address, data and vector control.</summary>
    public const int EntrySizeBytes = 16;

    private const int WordsPerEntry = EntrySizeBytes / sizeof(uint);
    private const int DataWord = 2;
    private const int ControlWord = 3;
    private const uint MaskBit = 1;

    private uint[]? words;
    private ulong[]? pending;

    /// <summary>A table of so many vectors, all masked, MSI-X not enabled.</summary>
    public MsiXTable(int vectorCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vectorCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(vectorCount, MaximumVectors);
        VectorCount = vectorCount;
    }

    /// <summary>Vectors in the table.</summary>
    public int VectorCount { get; }

    /// <summary>Who gets the messages; they are lost when it is null.</summary>
    public IMsiXSink? Sink { get; set; }

    /// <summary>MSI-X Enable in the message control register.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>Function Mask in the message control register.</summary>
    public bool IsFunctionMasked { get; private set; }

    /// <summary>
    /// Raises a vector. True when its message was sent; false when it is pending now, or when
    /// MSI-X is not enabled and nothing happens.
    /// </summary>
    public bool Raise(int vector)
    {
        Require(vector);
        if (!IsEnabled) return false;
        if (IsFunctionMasked || IsMasked(vector))
        {
            pending ??= new ulong[(VectorCount + 63) / 64];
            pending[vector / 64] |= 1UL << (vector % 64);
            return false;
        }
        Send(vector);
        return true;
    }

    /// <summary>Whether a vector waits to be unmasked.</summary>
    public bool IsPending(int vector)
    {
        Require(vector);
        return pending is not null && (pending[vector / 64] >> (vector % 64) & 1) != 0;
    }

    /// <summary>Whether a vector's own mask bit is set, as it is after a reset.</summary>
    public bool IsMasked(int vector)
    {
        Require(vector);
        return words is null || (words[(vector * WordsPerEntry) + ControlWord] & MaskBit) != 0;
    }

    /// <summary>
    /// Reads 32 bits of the table at an aligned offset in bytes. Zero behind its end.
    /// </summary>
    public uint ReadTable(long offset)
    {
        if (!TryFindWord(offset, out var word)) return 0;
        if (words is not null) return words[word];
        return word % WordsPerEntry == ControlWord ? MaskBit : 0;
    }

    /// <summary>
    /// Writes 32 bits of the table at an aligned offset in bytes; lost behind its end. A vector
    /// that this unmasks sends if it was pending.
    /// </summary>
    public void WriteTable(long offset, uint value)
    {
        if (!TryFindWord(offset, out var word)) return;
        var table = words ??= NewWords();
        table[word] = (word % WordsPerEntry) switch
        {
            0 => value & ~3U,
            ControlWord => value & MaskBit,
            _ => value,
        };
        if (word % WordsPerEntry == ControlWord) SendIfPending(word / WordsPerEntry);
    }

    /// <summary>Reads 32 pending bits at an aligned offset in bytes. They are read-only.</summary>
    public uint ReadPending(long offset)
    {
        var index = offset / sizeof(ulong);
        if (pending is null || offset < 0 || index >= pending.Length) return 0;
        return (uint)(pending[index] >> (8 * (int)(offset & 4)));
    }

    /// <summary>The message control register: size, Function Mask and MSI-X Enable.</summary>
    internal ushort MessageControl =>
        (ushort)((VectorCount - 1) | (IsFunctionMasked ? 1 << 14 : 0) | (IsEnabled ? 1 << 15 : 0));

    /// <summary>Writes message control, and sends what nothing masks any more.</summary>
    internal void WriteMessageControl(ushort value)
    {
        IsFunctionMasked = (value & (1 << 14)) != 0;
        IsEnabled = (value & (1 << 15)) != 0;
        if (!IsEnabled || IsFunctionMasked || pending is null) return;
        for (var vector = 0; vector < VectorCount; vector++) SendIfPending(vector);
    }

    /// <summary>Back to the state after a reset.</summary>
    internal void Reset()
    {
        words = null;
        pending = null;
        IsEnabled = false;
        IsFunctionMasked = false;
    }

    /// <summary>Offset of the pending bits behind a table that begins at zero.</summary>
    internal static long PendingOffset(int vectorCount) =>
        Math.Max(0x2000, (((long)vectorCount * EntrySizeBytes) + 0xFFF) & ~0xFFFL);

    /// <summary>Bytes that the BAR of the table needs: a power of two, 16 KiB and more.</summary>
    internal static long BarSizeBytes(int vectorCount)
    {
        var needed = PendingOffset(vectorCount) + ((vectorCount + 63) / 64 * sizeof(ulong));
        return (long)BitOperations.RoundUpToPowerOf2(
            (ulong)Math.Max(needed, 0x4000));
    }

    private void SendIfPending(int vector)
    {
        if (!IsEnabled || IsFunctionMasked || !IsPending(vector) || IsMasked(vector)) return;
        pending![vector / 64] &= ~(1UL << (vector % 64));
        Send(vector);
    }

    private void Send(int vector)
    {
        var entry = words.AsSpan(vector * WordsPerEntry, WordsPerEntry);
        Sink?.Interrupt(vector, entry[0] | ((ulong)entry[1] << 32), entry[DataWord]);
    }

    private uint[] NewWords()
    {
        var table = new uint[VectorCount * WordsPerEntry];
        for (var word = ControlWord; word < table.Length; word += WordsPerEntry)
        {
            table[word] = MaskBit;
        }
        return table;
    }

    private bool TryFindWord(long offset, out int word)
    {
        var isInside = (ulong)offset < (ulong)(VectorCount * EntrySizeBytes)
            && offset % sizeof(uint) == 0;
        word = isInside ? (int)(offset / sizeof(uint)) : 0;
        return isInside;
    }

    private void Require(int vector)
    {
        if ((uint)vector >= (uint)VectorCount)
        {
            throw new InvalidOperationException($"vector {vector} of {VectorCount}");
        }
    }
}
