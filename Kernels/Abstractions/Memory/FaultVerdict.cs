namespace Disguise.Kernels.Abstractions.Memory;

/// <summary>What became of a page fault.</summary>
public enum FaultVerdict : byte
{
    /// <summary>When the actions are done the access can be made again.</summary>
    Resolved,

    /// <summary>The application's handler is to see to it.</summary>
    Delivered,

    /// <summary>The application may not do this and has no handler.</summary>
    Refused,

    /// <summary>There is no memory for it.</summary>
    OutOfMemory,
}
