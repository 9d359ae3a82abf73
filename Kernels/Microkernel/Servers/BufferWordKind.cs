namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>What a word between driver and network server says of a buffer.</summary>
internal enum BufferWordKind : byte
{
    /// <summary>A packet that was received; the buffer is the network server's from now on.
    /// </summary>
    Received = 1,

    /// <summary>A packet to be sent; the buffer is the driver's from now on.</summary>
    Transmit = 2,

    /// <summary>The network server is done with a buffer.</summary>
    Done = 3,

    /// <summary>A free buffer for the network server.</summary>
    Free = 4,

    /// <summary>More packets wait: ask again.</summary>
    More = 5,

    /// <summary>How many free buffers are wanted.</summary>
    Want = 6,
}
