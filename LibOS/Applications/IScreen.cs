using Disguise.Actors.Execution;
using Disguise.Hardware.Display;

namespace Disguise.LibOS.Applications;

/// <summary>
/// The screen of its machine, as a program draws on it: in a window of its own, that nobody else
/// draws into.
/// </summary>
public interface IScreen
{
    /// <summary>Opens the program's window, a rectangle that the program chooses.</summary>
    EmulatedTask<WindowOpening> Open(PixelRectangle rectangle);

    /// <summary>
    /// Draws an image into the window, row by row; its corner is from the window's own. Over when
    /// the last pixel is on its way to the display. False when the window has been taken.
    /// </summary>
    EmulatedTask<bool> Draw(PixelRectangle image, ReadOnlyMemory<uint> pixels);
}
