using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel.Windows;

/// <summary>The guards of bindings of the screen.</summary>
public static class WindowGuards
{
    /// <summary>
    /// Who unbinds a window, maps it or passes it on must show a credential that controls it. Off,
    /// any credential does.
    /// </summary>
    public static readonly Guard Credential = new("exokernel-window-credential");
}
