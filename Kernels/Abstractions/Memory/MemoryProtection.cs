namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>What an application may do with a page of its own.</summary>
[Flags]
public enum MemoryProtection : byte
{
    /// <summary>Nothing: every access faults.</summary>
    None = 0,

    /// <summary>It may read.</summary>
    Read = 1,

    /// <summary>It may write, and read too.</summary>
    Write = 2,

    /// <summary>It may do both.</summary>
    ReadWrite = Read | Write,
}
