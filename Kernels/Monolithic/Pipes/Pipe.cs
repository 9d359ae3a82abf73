namespace Disguise.Kernels.Monolithic.Pipes;

/// <summary>
/// A named pipe: bytes that one process writes and another reads, in their order. Each end is one
/// process', which has opened it by the pipe's name.
/// </summary>
internal sealed class Pipe(long name)
{
    /// <summary>Bytes that it holds: a pipe of 4.2BSD, and PIPE_BUF of Linux.</summary>
    public const int CapacityBytes = 4_096;

    private readonly Queue<byte> bytes = new();

    /// <summary>By what it is found.</summary>
    public long Name => name;

    /// <summary>Who reads; closed once it has been given up, null before it is opened.</summary>
    public PipeEnd? Reader { get; set; }

    /// <summary>Who writes, likewise.</summary>
    public PipeEnd? Writer { get; set; }

    /// <summary>Bytes in it.</summary>
    public int Count => bytes.Count;

    /// <summary>Bytes that it has room for.</summary>
    public int RoomBytes => CapacityBytes - bytes.Count;

    /// <summary>Whether whoever wrote into it will write no more.</summary>
    public bool IsAtEnd => bytes.Count == 0 && Writer is { IsClosed: true };

    /// <summary>Whether nobody has an end of it open.</summary>
    public bool IsLeft => Reader is not { IsClosed: false } && Writer is not { IsClosed: false };

    /// <summary>Takes bytes out; there are as many.</summary>
    public void Take(Span<byte> destination)
    {
        foreach (ref var place in destination)
            place = bytes.Dequeue();
    }

    /// <summary>Puts bytes in; there is room for them.</summary>
    public void Put(ReadOnlySpan<byte> source)
    {
        foreach (var value in source)
            bytes.Enqueue(value);
    }
}
