using Disguise.Actors.Faults;

namespace Disguise.Kernels.Monolithic.Windows;

/// <summary>The guards of the calls that draw.</summary>
public static class WindowGuards
{
    /// <summary>
    /// Who draws into a window must have opened it. Off, a process draws into any by its number.
    /// </summary>
    public static readonly Guard Owner = new("monolithic-window-owner");
}
