namespace Disguise.Kernels.Capabilities;

/// <summary>What came of looking up a handle.</summary>
public enum HandleLookup
{
    /// <summary>The handle names a live capability of its holder.</summary>
    Found,

    /// <summary>Nobody was ever granted this handle, or too long ago to tell.</summary>
    Forged,

    /// <summary>It named a capability that has been revoked.</summary>
    Revoked,

    /// <summary>It names another holder's capability.</summary>
    HeldByAnother,
}
