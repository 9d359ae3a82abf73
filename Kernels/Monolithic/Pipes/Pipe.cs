namespace Disguise.Kernels.Monolithic.Pipes;

/// <summary>
/// A named pipe: bytes that one process writes and another reads, in their order. Each end is one
/// process', which has opened it by the pipe's name.
/// </summary>
internal sealed class Pipe(long name)
{
    /// <summary>Bytes that it holds: a pipe of 4.2BSD, and PIPE_BUF of Linux.</summary>
    public const int CapacityBytes = 4_096;

    private readonly byte[] bytes = new byte[CapacityBytes];
    private int first;

    /// <summary>By what it is found.</summary>
    public long Name => name;

    /// <summary>Who reads; closed once it has been given up, null before it is opened.</summary>
    public PipeEnd? Reader { get; set; }

    /// <summary>Who writes, likewise.</summary>
    public PipeEnd? Writer { get; set; }

    /// <summary>Bytes in it.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that it has room for.</summary>
    public int RoomBytes => CapacityBytes - Count;

    /// <summary>Whether whoever wrote into it will write no more.</summary>
    public bool IsAtEnd => Count == 0 && Writer is { IsClosed: true };

    /// <summary>Whether nobody has an end of it open.</summary>
    public bool IsLeft => Reader is not { IsClosed: false } && Writer is not { IsClosed: false };

    /// <summary>Copies the next bytes, which stay in it; there are as many.</summary>
    public void Peek(Span<byte> destination)
    {
        var beforeEnd = Math.Min(destination.Length, CapacityBytes - first);
        bytes.AsSpan(first, beforeEnd).CopyTo(destination);
        bytes.AsSpan(0, destination.Length - beforeEnd).CopyTo(destination[beforeEnd..]);
    }

    /// <summary>Takes bytes out; there are as many.</summary>
    public void Drop(int count)
    {
        first = (first + count) % CapacityBytes;
        Count -= count;
    }

    /// <summary>Puts bytes in; there is room for them.</summary>
    public void Put(ReadOnlySpan<byte> source)
    {
        var end = (first + Count) % CapacityBytes;
        var beforeEnd = Math.Min(source.Length, CapacityBytes - end);
        source[..beforeEnd].CopyTo(bytes.AsSpan(end));
        source[beforeEnd..].CopyTo(bytes);
        Count += source.Length;
    }
}
