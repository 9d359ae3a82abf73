namespace Disguise.Host.Experiments;

/// <summary>Which interface of the library OS an application uses.</summary>
public enum TenantInterface
{
    /// <summary>The architecture's own, without copies; POSIX where it has none.</summary>
    Native,

    /// <summary>Sockets, one copy each way.</summary>
    Posix,
}
