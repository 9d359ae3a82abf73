namespace Disguise.Host.Experiments;

/// <summary>Rules by which a request finds its target.</summary>
public enum TargetChoiceKind
{
    /// <summary>Client i always uses target i modulo n.</summary>
    Modulo,

    /// <summary>Each request draws a target, all alike.</summary>
    Uniform,

    /// <summary>Each request draws a target, the first ones more often (Zipf).</summary>
    Zipf,

    /// <summary>Each client uses all targets in turn.</summary>
    All,
}
