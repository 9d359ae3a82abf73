using Disguise.Kernels.Abstractions.Network;
namespace Disguise.LibOS.Native;

/// <summary>
/// Buffers of one size in a row, known by number. The one given back last is taken first: few
/// buffers stay in caches, and few lines of memory are ever touched.
/// </summary>
public sealed class PacketBuffers
{
    /// <summary>Bytes of a buffer: what an 82599 descriptor's buffer mostly has.</summary>
    public const int BufferBytes = QueueLayout.BufferBytes;

    private readonly ulong firstAddress;
    private readonly ushort[] free;

    /// <summary>A number of free buffers from an address on.</summary>
    public PacketBuffers(ulong firstAddress, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ushort.MaxValue);
        this.firstAddress = firstAddress;
        free = new ushort[count];
        for (var index = 0; index < count; index++)
            free[index] = (ushort)(count - 1 - index);
        FreeCount = count;
    }

    /// <summary>Buffers that nobody has.</summary>
    public int FreeCount { get; private set; }

    /// <summary>Virtual address of a buffer.</summary>
    public ulong AddressOf(ushort buffer) => firstAddress + ((ulong)buffer * BufferBytes);

    /// <summary>Takes a buffer; there must be one.</summary>
    public ushort Take()
    {
        if (FreeCount == 0)
            throw new InvalidOperationException("no packet buffer is free");
        return free[--FreeCount];
    }

    /// <summary>Gives a buffer back.</summary>
    public void Return(ushort buffer)
    {
        if (FreeCount == free.Length)
            throw new InvalidOperationException("a packet buffer was given back twice");
        free[FreeCount++] = buffer;
    }
}
