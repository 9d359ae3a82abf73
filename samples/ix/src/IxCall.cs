namespace Ix;

/// <summary>The system calls that are batched.</summary>
internal enum IxCall
{
    /// <summary>Bind a port.</summary>
    Bind,

    /// <summary>Send the payload in a buffer, and give the buffer back.</summary>
    Send,

    /// <summary>Give a buffer back.</summary>
    Done,
}
