namespace Disguise.LibOS.Applications;

/// <summary>
/// By what two programs of one machine talk (Engler, Kaashoek and O'Toole, SOSP 1995, Tables 8 and
/// 12; Kaashoek et al., SOSP 1997, Table 2).
/// </summary>
public enum CommunicationKind
{
    /// <summary>A pipe behind the library's descriptors.</summary>
    Pipe,

    /// <summary>The same pipe, its reads and writes compiled into the program.</summary>
    PipeInlined,

    /// <summary>A pipe whose buffer is reached by calls of the kernel only.</summary>
    PipeProtected,

    /// <summary>A word in shared memory.</summary>
    SharedMemory,

    /// <summary>A procedure call; the caller saves the registers that it wants back.</summary>
    Lrpc,

    /// <summary>A procedure call; the server is trusted to keep the caller's registers.</summary>
    TrustedLrpc,
}
