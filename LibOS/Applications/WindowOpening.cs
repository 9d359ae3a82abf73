namespace Disguise.LibOS.Applications;

/// <summary>What came of opening a window.</summary>
public enum WindowOpening : byte
{
    /// <summary>It is there.</summary>
    Opened,

    /// <summary>Another has a part of the rectangle.</summary>
    Taken,

    /// <summary>The rectangle is not on the screen.</summary>
    OutsideScreen,

    /// <summary>There is no screen, or no window left.</summary>
    Refused,
}
