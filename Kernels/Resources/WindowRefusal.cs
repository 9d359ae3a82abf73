namespace Disguise.Kernels.Resources;

/// <summary>Why a rectangle cannot become a window.</summary>
public enum WindowRefusal : byte
{
    /// <summary>It can.</summary>
    None,

    /// <summary>It is empty, or not all of it is on the screen.</summary>
    OutsideScreen,

    /// <summary>It has a pixel in common with another window.</summary>
    Overlaps,

    /// <summary>There are as many windows as there can be.</summary>
    NoneLeft,
}
