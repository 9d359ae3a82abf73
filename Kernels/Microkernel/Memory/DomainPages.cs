namespace Disguise.Kernels.Microkernel.Memory;

/// <summary>Where things stand in the address space of a domain, in pages of 4 KiB.</summary>
public static class DomainPages
{
    /// <summary>The registers of a device that the domain drives.</summary>
    public const long FirstRegisterPage = 0x10;

    /// <summary>Memory that the domain has from its start.</summary>
    public const long FirstFreePage = 0x104;

    /// <summary>Pages below the addresses that are not canonical: 2^47 bytes.</summary>
    public const long PageCount = 1L << 35;
}
