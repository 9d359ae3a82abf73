using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic.Descriptors;

namespace Disguise.Kernels.Abstractions.Network;

/// <summary>
/// Where the rings and the buffers of a queue stand in the domain's memory: the rings, then the
/// buffers, each from a page on.
/// </summary>
/// <param name="FirstPage">Virtual page of the first ring.</param>
/// <param name="ReceiveSize">Descriptors of the receive ring: 8 to 4,096, a multiple of 8.</param>
/// <param name="TransmitSize">Descriptors of the transmit ring, likewise.</param>
/// <param name="HeldBuffers">Packets that the program and its library hold at once.</param>
public readonly record struct QueueLayout(
    long FirstPage, int ReceiveSize, int TransmitSize, int HeldBuffers = 1)
{
    /// <summary>Bytes of a buffer: what an 82599 descriptor's buffer mostly has.</summary>
    public const int BufferBytes = 2_048;

    /// <summary>Buffers: as many as can be in the rings at once, and those held.</summary>
    public int BufferCount => ReceiveSize + TransmitSize - 2 + HeldBuffers;

    /// <summary>Virtual address of the receive ring.</summary>
    public ulong ReceiveRing => (ulong)Frame.AddressOf(FirstPage);

    /// <summary>Virtual address of the transmit ring.</summary>
    public ulong TransmitRing =>
        ReceiveRing + ((ulong)ReceiveSize * ReceiveDescriptor.LengthBytes);

    /// <summary>Virtual address of the buffers.</summary>
    public ulong Buffers => (ulong)Frame.AddressOf(FirstPage + RingPages);

    /// <summary>Pages in all.</summary>
    public int Pages => RingPages + PagesOf(BufferCount * BufferBytes);

    private int RingPages =>
        PagesOf((ReceiveSize + TransmitSize) * ReceiveDescriptor.LengthBytes);

    /// <summary>Throws <see cref="ArgumentException"/> where the device takes no such ring.
    /// </summary>
    public void Check()
    {
        if (!IsSize(ReceiveSize) || !IsSize(TransmitSize))
        {
            throw new ArgumentException(
                $"rings of {ReceiveSize} and {TransmitSize}: 8 to 4096, multiples of 8");
        }
    }

    private static bool IsSize(int size) => size is >= 8 and <= 4_096 && size % 8 == 0;

    private static int PagesOf(int bytes) => (bytes + Frame.SizeBytes - 1) / Frame.SizeBytes;
}
