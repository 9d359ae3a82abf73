namespace Disguise.Kernels.Microkernel.Threads;

/// <summary>As what a thread goes on when it gets its core.</summary>
internal enum ReturnKind : byte
{
    /// <summary>Where it was interrupted.</summary>
    Nothing,

    /// <summary>At its first instruction.</summary>
    Start,

    /// <summary>With the result of its call.</summary>
    Result,

    /// <summary>With a message.</summary>
    Message,
}
