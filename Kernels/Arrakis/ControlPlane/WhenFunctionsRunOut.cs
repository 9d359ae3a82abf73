namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>What a container gets that asks when all virtual functions are taken.</summary>
public enum WhenFunctionsRunOut : byte
{
    /// <summary>A card emulated in software on a dedicated core: the paper's policy.</summary>
    Emulate,

    /// <summary>A refusal.</summary>
    Refuse,
}
