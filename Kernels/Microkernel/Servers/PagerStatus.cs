namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>How the pager answers.</summary>
public enum PagerStatus : byte
{
    /// <summary>Done; after a fault, when the memory that comes with it is mapped.</summary>
    Done,

    /// <summary>The fault is for the handler of the program.</summary>
    ToHandler,

    /// <summary>The program may not do this, or asks for what is not there.</summary>
    Refused,

    /// <summary>There is no memory.</summary>
    OutOfMemory,
}
