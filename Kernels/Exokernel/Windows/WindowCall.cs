using Disguise.Hardware.Display;
using Disguise.Kernels.Exokernel.Environments;
using Bits = Disguise.Actors.Crossings.Digest;

namespace Disguise.Kernels.Exokernel.Windows;

/// <summary>
/// A call about a window of the screen. Each names the slot of the credential that it is made with.
/// </summary>
public abstract record WindowCall : KernelCall
{
    private WindowCall()
    {
    }

    /// <summary>
    /// Binds a rectangle of the screen and maps it from a page on: the pages of an aperture that
    /// its pixels are in, so that the first pixel of the first page is seldom its own. The value is
    /// the window's number, the second the bytes of a row of the screen.
    /// </summary>
    public sealed record BindWindow(PixelRectangle Rectangle, long Page, int Credential)
        : WindowCall
    {
        internal override string Name => "bind-window";

        internal override ulong Digest => Bits.Of(
            Bits.Of(40, (ulong)Page, (ulong)Credential), DigestOf(Rectangle));
    }

    /// <summary>
    /// Maps a window that was passed on, from a page on; where it was mapped before it is not any
    /// more. The value is the bytes of a row of the screen.
    /// </summary>
    public sealed record MapWindow(long Window, long Page, int Credential) : WindowCall
    {
        internal override string Name => "map-window";

        internal override ulong Digest =>
            Bits.Of(41, (ulong)Window, (ulong)Page, (ulong)Credential);
    }

    /// <summary>
    /// Passes a window on to an environment, with what it shows. The receiver controls it from now
    /// on, and nobody has it mapped.
    /// </summary>
    public sealed record PassWindow(long Window, int Receiver, int Credential) : WindowCall
    {
        internal override string Name => "pass-window";

        internal override ulong Digest =>
            Bits.Of(42, (ulong)Window, (ulong)Receiver, (ulong)Credential);
    }

    /// <summary>Gives a window up, whosever it is, by a credential that controls it.</summary>
    public sealed record UnbindWindow(long Window, int Credential) : WindowCall
    {
        internal override string Name => "unbind-window";

        internal override ulong Digest => Bits.Of(43, (ulong)Window, (ulong)Credential);
    }

    private static ulong DigestOf(in PixelRectangle rectangle) => Bits.Of(
        ((ulong)(uint)rectangle.X << 32) | (uint)rectangle.Y,
        ((ulong)(uint)rectangle.Width << 32) | (uint)rectangle.Height);
}
