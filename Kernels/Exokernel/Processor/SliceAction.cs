namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>What the kernel does with a core next.</summary>
internal enum SliceAction : byte
{
    /// <summary>What runs goes on running.</summary>
    Continue,

    /// <summary>An environment gets the core, at its code for the start of a slice.</summary>
    StartSlice,

    /// <summary>An environment gets the core at its protected entry.</summary>
    Enter,

    /// <summary>An environment gets the core back from whom it had entered.</summary>
    Resume,

    /// <summary>The environment is told that its slice is over: it saves its own context.
    /// </summary>
    EndSlice,

    /// <summary>The environment has overstayed too often or too long: it is destroyed.</summary>
    Destroy,

    /// <summary>Nobody can run.</summary>
    Idle,
}
