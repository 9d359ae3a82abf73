namespace Ix;

/// <summary>What came of a batched system call; the first ones are those of a bind.</summary>
public enum IxStatus
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>The port is bound already.</summary>
    PortInUse,

    /// <summary>As many ports are bound as may be.</summary>
    TableFull,

    /// <summary>The buffer is not the application's, or the payload does not lie in it.</summary>
    BadPointer,

    /// <summary>The peer's Ethernet address is not known, or the network is gone.</summary>
    Unreachable,
}
