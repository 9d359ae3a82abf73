using System.Buffers.Binary;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// The packet rings of an environment, in its own memory, which the kernel fills and empties in
/// the place of a device: the descriptors are a virtual function's, so that the same driver reads
/// them. A receive descriptor is the kernel's while it names a buffer and is not done.
/// </summary>
internal sealed class PacketRings(
    EnvironmentPages pages, int environment, in PacketRingPlace place)
{
    private const int LeastSize = 8;
    private const int LargestSize = 4_096;
    private readonly PacketRingPlace place = place;
    private int nextReceived;

    /// <summary>Where they lie.</summary>
    public PacketRingPlace Place => place;

    /// <summary>The transmit descriptor that is looked at next.</summary>
    public int NextSent { get; private set; }

    /// <summary>The receive descriptor that is filled next.</summary>
    public int NextReceived => nextReceived;

    /// <summary>Descriptors that are posted before a tail; negative for none such.</summary>
    public bool IsTail(int tail) => (uint)tail < (uint)place.TransmitSize;

    /// <summary>Whether rings can lie there: sizes, and pages bound to be written.</summary>
    public static ExokernelRefusal Check(
        EnvironmentPages pages, int environment, in PacketRingPlace place)
    {
        if (!IsSize(place.ReceiveSize) || !IsSize(place.TransmitSize))
            return ExokernelRefusal.BadRing;
        return pages.IsBound(environment, place.ReceiveRing, BytesOf(place.ReceiveSize), true)
            && pages.IsBound(environment, place.TransmitRing, BytesOf(place.TransmitSize), true)
            ? ExokernelRefusal.None : ExokernelRefusal.NotBound;
    }

    /// <summary>Whether the next receive descriptor is free for a frame.</summary>
    public bool HasRoom(out ulong buffer)
    {
        Span<byte> bytes = stackalloc byte[ReceiveDescriptor.LengthBytes];
        buffer = 0;
        if (!pages.TryRead(environment, ReceiveAddress, bytes))
            return false;
        buffer = ReceiveDescriptor.Read(bytes).BufferAddress;
        return buffer != 0
            && (ReceiveWriteBack.Read(bytes).Status & ReceiveStatus.DescriptorDone) == 0;
    }

    /// <summary>
    /// Puts a frame into the buffer of the next descriptor. False where the buffer is not bound to
    /// be written; the descriptor is not used then.
    /// </summary>
    public bool TryFill(ulong buffer, ReadOnlySpan<byte> frame, ChecksumStatus checksums)
    {
        Span<byte> bytes = stackalloc byte[ReceiveDescriptor.LengthBytes];
        new ReceiveWriteBack(
            ReceiveStatus.DescriptorDone | ReceiveStatus.EndOfPacket
                | ReceiveWriteBack.StatusOf(checksums),
            (ushort)frame.Length).Write(bytes);
        if (!pages.TryWrite(environment, buffer, frame)
            || !pages.TryWrite(environment, ReceiveAddress, bytes))
            return false;
        nextReceived = (nextReceived + 1) % place.ReceiveSize;
        return true;
    }

    /// <summary>Reads the next transmit descriptor; false where its ring is not bound.</summary>
    public bool TryLook(out TransmitDescriptor descriptor)
    {
        Span<byte> bytes = stackalloc byte[ReceiveDescriptor.LengthBytes];
        descriptor = default;
        if (!pages.TryRead(environment, TransmitAddress, bytes)
            || TransmitDescriptor.TypeOf(bytes) != TransmitDescriptor.DataType)
            return false;
        descriptor = TransmitDescriptor.Read(bytes);
        return true;
    }

    /// <summary>Reads the frame of a descriptor; false where it is not bound.</summary>
    public bool TryRead(in TransmitDescriptor descriptor, Span<byte> frame) =>
        pages.TryRead(environment, descriptor.BufferAddress, frame);

    /// <summary>The kernel is done with the next transmit descriptor, and says so if asked.
    /// </summary>
    public void Finish(in TransmitDescriptor descriptor)
    {
        if ((descriptor.Command & TransmitCommand.ReportStatus) != 0)
        {
            Span<byte> status = stackalloc byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32LittleEndian(status, TransmitDescriptor.DescriptorDone);
            pages.TryWrite(
                environment, TransmitAddress + TransmitDescriptor.StatusOffset, status);
        }

        NextSent = (NextSent + 1) % place.TransmitSize;
    }

    private ulong ReceiveAddress =>
        place.ReceiveRing + (ulong)(nextReceived * ReceiveDescriptor.LengthBytes);

    private ulong TransmitAddress =>
        place.TransmitRing + (ulong)(NextSent * ReceiveDescriptor.LengthBytes);

    private static bool IsSize(int size) =>
        size is >= LeastSize and <= LargestSize && size % LeastSize == 0;

    private static int BytesOf(int size) => size * ReceiveDescriptor.LengthBytes;
}
