namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>Who looks a page up again when caches have lost it.</summary>
internal enum BindingKind : byte
{
    /// <summary>The environment's library, which is told of the miss.</summary>
    Library,

    /// <summary>
    /// The kernel: a page of the environment's second segment, which its library needs to answer
    /// anything (Engler et al., SOSP 1995, section 5.2).
    /// </summary>
    Kernel,

    /// <summary>The kernel, and it stays until the environment ends.</summary>
    Guaranteed,

    /// <summary>
    /// The kernel: the page leads to a device's registers, and the device's binding decides how
    /// long.
    /// </summary>
    Register,
}
