namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>An environment that the operator has started, and all that descend from it.</summary>
internal sealed class EnvironmentFamily
{
    /// <summary>How many that environments have made there are.</summary>
    public int Made { get; set; }
}
