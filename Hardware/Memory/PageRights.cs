namespace Disguise.Hardware.Memory;

/// <summary>What a mapping allows. None of these: the supervisor may read.</summary>
[Flags]
public enum PageRights : byte
{
    /// <summary>The supervisor may read.</summary>
    None = 0,

    /// <summary>Writes are allowed.</summary>
    Writable = 1,

    /// <summary>User code may use the page.</summary>
    User = 2,

    /// <summary>Instructions may be fetched.</summary>
    Executable = 4,
}
