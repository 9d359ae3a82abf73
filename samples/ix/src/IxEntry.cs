namespace Ix;

/// <summary>
/// An entry of the arrays that dataplane and application share: an event condition, which the
/// application may only read, or a batched system call (IX section 4.3). 32 bytes.
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
    /// <summary>Most packets of a batch (IX section 3: B is at most 64).</summary>
    public const int BatchLimit = 64;

    /// <summary>Page of event conditions: the application reads it.</summary>
    public const long EventPage = 0x200;

    /// <summary>Page of batched system calls: the application writes it.</summary>
    public const long CallPage = 0x201;

    private const int SizeBytes = 32;

    /// <summary>Address of an event condition.</summary>
    public static ulong EventAt(int index) => (ulong)(Frame.AddressOf(EventPage) + Offset(index));

    /// <summary>Address of a batched system call.</summary>
    public static ulong CallAt(int index) => (ulong)(Frame.AddressOf(CallPage) + Offset(index));

    private static int Offset(int index) => index * SizeBytes;
}
