namespace Disguise.LibOS.Clients;

/// <summary>By which rule a request finds its target.</summary>
public enum TargetRule : byte
{
    /// <summary>Client i always uses target i modulo n.</summary>
    Modulo,

    /// <summary>Each request draws a target, all alike.</summary>
    Uniform,

    /// <summary>Each request draws a target, the first ones more often.</summary>
    Zipf,

    /// <summary>Each client uses all targets in turn, from target i modulo n on.</summary>
    All,
}
