namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// Buffers of a queue pair that the network server holds and does not use just now. It keeps some
/// to send from and to receive processes' messages into; the rest goes back to the driver.
/// </summary>
internal sealed class ServerBuffers
{
    /// <summary>Fewer than this, and more are asked for.</summary>
    public const int Low = 2;

    /// <summary>How many are asked for.</summary>
    public const int Batch = 6;

    /// <summary>More than this, and some are given back.</summary>
    public const int High = 24;

    private readonly ushort[] free;

    /// <summary>None, with room for all that there are.</summary>
    public ServerBuffers(int limit) => free = new ushort[limit];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The one that is taken next; there must be one.</summary>
    public ushort Next => free[Count - 1];

    /// <summary>Takes one; there must be one.</summary>
    public ushort Take() => free[--Count];

    /// <summary>Gives one back.</summary>
    public void Add(ushort buffer) => free[Count++] = buffer;

    /// <summary>Forgets all: the driver has ended.</summary>
    public void Clear() => Count = 0;
}
