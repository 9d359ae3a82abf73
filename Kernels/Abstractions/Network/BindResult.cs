namespace Disguise.Kernels.Abstractions.Network;

/// <summary>What binding a port gives.</summary>
public enum BindResult : byte
{
    /// <summary>Bound.</summary>
    Bound,

    /// <summary>The port is bound already.</summary>
    PortInUse,

    /// <summary>As many ports are bound as may be.</summary>
    TableFull,

    /// <summary>The socket has a port already (POSIX: EINVAL).</summary>
    AlreadyBound,
}
