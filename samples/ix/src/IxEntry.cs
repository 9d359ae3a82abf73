namespace Ix;

/// <summary>
/// An entry of the arrays that dataplane and application share: an event condition, or a batched
/// system call (IX section 4.3).
/// </summary>
/// <param name="Address">Of the payload, in a buffer of the ring.</param>
/// <param name="LengthBytes">Its length.</param>
/// <param name="Buffer">The buffer.</param>
/// <param name="PeerIp">The other end.</param>
/// <param name="PeerPort">Its port.</param>
/// <param name="LocalPort">The own port.</param>
/// <param name="Call">What is called.</param>
/// <param name="Status">What came of it.</param>
internal readonly record struct IxEntry(
    ulong Address, int LengthBytes, uint Buffer, uint PeerIp, ushort PeerPort, ushort LocalPort,
    IxCall Call, IxStatus Status)
{
    public const int SizeBytes = 32;
}

/// <summary>The batched system calls: bind a port, send what a buffer holds, give it back.
/// </summary>
internal enum IxCall
{
    Bind,
    Send,
    Done,
}
