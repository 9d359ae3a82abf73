namespace Disguise.LibOS.Domains;

/// <summary>How a tenant's library answers when its kernel asks something back.</summary>
public enum RevocationAnswer : byte
{
    /// <summary>Returns it at once.</summary>
    Yield,

    /// <summary>Returns it when the request has become imperative.</summary>
    Late,

    /// <summary>Does not answer.</summary>
    Ignore,

    /// <summary>Answers with what is somebody else's.</summary>
    Hostile,
}
