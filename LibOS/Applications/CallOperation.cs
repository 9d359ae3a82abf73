namespace Disguise.LibOS.Applications;

/// <summary>
/// The ways into a kernel and out of it that are measured one by one (Engler, Kaashoek and
/// O'Toole, SOSP 1995, Tables 4 to 6).
/// </summary>
public enum CallOperation
{
    /// <summary>A call that does nothing, and its return.</summary>
    NullCall,

    /// <summary>The same, of a call for which the kernel sets up a stack, if it has any without.
    /// </summary>
    NullCallStack,

    /// <summary>From an instruction that raises an exception into the program's handler.
    /// </summary>
    Exception,

    /// <summary>A protected control transfer to another program, one way.</summary>
    Transfer,
}
