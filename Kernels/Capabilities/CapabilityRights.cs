namespace Disguise.Kernels.Capabilities;

/// <summary>What a capability allows; a derived one never allows more than its parent.</summary>
[Flags]
public enum CapabilityRights : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Reading the object, or mapping it for reading.</summary>
    Read = 1,

    /// <summary>Writing the object, or mapping it for writing.</summary>
    Write = 2,

    /// <summary>Mapping the object for execution.</summary>
    Execute = 4,

    /// <summary>Giving to another container: a derived capability, or this one.</summary>
    Grant = 8,

    /// <summary>Configuring and deleting the object.</summary>
    Control = 16,

    /// <summary>Everything.</summary>
    All = Read | Write | Execute | Grant | Control,
}
