namespace Disguise.Kernels.Arrakis.AddressSpaces;

/// <summary>
/// Where things stand in the address space of a protection domain, in pages of 4 KiB. The pages
/// of the first card and the first pages of the library lie side by side, so that one line of one
/// page table holds the entries of a small tenant.
/// </summary>
public static class DomainLayout
{
    /// <summary>First page that a library may map memory at.</summary>
    public const long FirstFreePage = 0x104;

    /// <summary>Pages below the addresses that are not canonical: 2^47 bytes.</summary>
    public const long PageCount = 1L << 35;

    /// <summary>Lowest page at which the kernel maps the registers of a card.</summary>
    public const long FirstRegisterPage = 0x10;

    /// <summary>Most cards of a domain when each has a number of pages of registers.</summary>
    public static int CardLimit(int registerPages) =>
        (int)((FirstFreePage - FirstRegisterPage) / registerPages);

    /// <summary>First page of the registers of a domain's card, by the card's place, from 0.
    /// </summary>
    public static long RegisterPageOf(int place, int registerPages) =>
        FirstFreePage - ((place + 1L) * registerPages);
}
