namespace Disguise.LibOS.Applications;

/// <summary>
/// The operations of virtual memory that are measured one by one (Engler, Kaashoek and O'Toole,
/// SOSP 1995, table 10, after Appel and Li, ASPLOS 1991).
/// </summary>
public enum MemoryOperation
{
    /// <summary>Asking whether a page is dirty.</summary>
    Dirty,

    /// <summary>From an access that protection forbids into the program's handler.</summary>
    Trap,

    /// <summary>Protecting one page.</summary>
    Prot1,

    /// <summary>Protecting the whole range in one call.</summary>
    Prot100,

    /// <summary>Unprotecting it in one call.</summary>
    Unprot100,

    /// <summary>
    /// Touching a protected page; the handler protects another one and unprotects this one.
    /// </summary>
    Appel1,

    /// <summary>
    /// Protecting the range, touching each page of it in random order, unprotecting each in the
    /// handler; a page.
    /// </summary>
    Appel2,
}
