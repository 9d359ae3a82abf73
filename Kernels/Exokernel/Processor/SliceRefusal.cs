namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>Why a request for processor time is refused.</summary>
public enum SliceRefusal : byte
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The vector has no such position.</summary>
    NoSuchPosition,

    /// <summary>Another holds the position, or the caller does already.</summary>
    PositionTaken,

    /// <summary>Nobody holds the position.</summary>
    PositionFree,

    /// <summary>What was shown does not open the position.</summary>
    NotOpened,

    /// <summary>There is no such environment.</summary>
    NoSuchEnvironment,

    /// <summary>The environment does not have this core.</summary>
    NotRunning,

    /// <summary>The environment has a core, or waits for whom it entered.</summary>
    Busy,

    /// <summary>Too many environments wait for one another in a row.</summary>
    TooDeep,

    /// <summary>It was not entered by the one to whom it wants to return.</summary>
    NotEntered,
}
