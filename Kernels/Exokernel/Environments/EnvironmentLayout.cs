namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// Where things stand in an environment's address space: device registers that are bound to it
/// below its first free page; all else is its library's choice.
/// </summary>
public static class EnvironmentLayout
{
    /// <summary>Virtual page of the registers of the bound function.</summary>
    public const long RegisterPage = 0x10;

    /// <summary>The first page that a library may map.</summary>
    public const long FirstFreePage = 0x104;

    /// <summary>Pages below the upper half.</summary>
    public const long PageCount = 1L << 35;
}
