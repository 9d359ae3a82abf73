namespace Disguise.LibOS.Domains;

/// <summary>Which interface of the library OS an application uses.</summary>
public enum TenantInterface : byte
{
    /// <summary>Packets in the buffers of the ring; nothing is copied.</summary>
    Native,

    /// <summary>Sockets; one copy each way.</summary>
    Posix,
}
