using System.Buffers.Binary;

namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>
/// <c>struct epoll_event</c> in a process' memory: 4 bytes of events and 8 of data, packed.
/// </summary>
/// <param name="Events">EPOLLIN and so on.</param>
/// <param name="Data">What the process gave with the socket.</param>
public readonly record struct PolledEvent(uint Events, ulong Data)
{
    /// <summary>Bytes of it.</summary>
    public const int LengthBytes = 12;

    /// <summary>EPOLLIN: a datagram is there.</summary>
    public const uint Readable = 1;

    /// <summary>EPOLLHUP: the network was taken away.</summary>
    public const uint HungUp = 0x10;

    /// <summary>EPOLL_CTL_ADD.</summary>
    public const long Add = 1;

    /// <summary>EPOLL_CTL_DEL.</summary>
    public const long Delete = 2;

    /// <summary>EPOLL_CTL_MOD.</summary>
    public const long Modify = 3;

    /// <summary>Reads one.</summary>
    public static PolledEvent Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[4..]));

    /// <summary>Writes it.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Events);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[4..], Data);
    }
}
