namespace Ix;

/// <summary>
/// What came of a batched system call. The first three are a bind's, as in <see
/// cref="BindResult"/>; then the buffer is not the application's or the payload does not lie in it;
/// the peer's Ethernet address is not known, or the network is gone.
/// </summary>
public enum IxStatus
{
    Done,
    PortInUse,
    TableFull,
    BadPointer,
    Unreachable,
}
