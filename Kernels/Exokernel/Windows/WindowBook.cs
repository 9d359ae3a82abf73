using Disguise.Actors.Faults;
using Disguise.Hardware.Display;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Exokernel.Windows;

/// <summary>
/// Which environment has which rectangle of the screen, under which capability, and from which of
/// its pages on it reaches it. A credential is looked at when a window is bound, mapped, passed on
/// or unbound, and never when it is drawn into: that is the hardware's tag (Engler et al., SOSP
/// 1995, sections 3.1 and 3.2).
/// </summary>
internal sealed class WindowBook
{
    private const long NotMapped = -1;

    private readonly CredentialBook credentials;
    private readonly ScreenWindows windows;
    private readonly (Capability Guarding, long Page)[] places;
    private readonly bool checksCredential;

    public WindowBook(CredentialBook credentials, ScreenWindows windows, Guards guards)
    {
        this.credentials = credentials;
        this.windows = windows;
        places = new (Capability, long)[windows.Limit + 1];
        checksCredential = guards.IsOn(WindowGuards.Credential);
    }

    /// <summary>Credentials looked at for a window.</summary>
    public long CheckCount { get; private set; }

    /// <summary>Windows that are bound.</summary>
    public int Count => windows.Count;

    /// <summary>Whether an environment may have a rectangle, under a credential of its own.
    /// </summary>
    public ExokernelRefusal CheckBind(int environment, int slot, in PixelRectangle rectangle)
    {
        CheckCount++;
        var refusal = credentials.Show(environment, slot, out var shown);
        if (refusal == ExokernelRefusal.None && !shown.Controls(shown))
            refusal = ExokernelRefusal.NotDominated;
        return refusal != ExokernelRefusal.None ? refusal : windows.Check(rectangle) switch
        {
            WindowRefusal.None => ExokernelRefusal.None,
            WindowRefusal.OutsideScreen => ExokernelRefusal.OutsideScreen,
            WindowRefusal.Overlaps => ExokernelRefusal.WindowTaken,
            _ => ExokernelRefusal.TooManyWindows,
        };
    }

    /// <summary>Binds a rectangle that was checked; the window's number is its tag.</summary>
    public int Bind(int environment, int slot, in PixelRectangle rectangle)
    {
        credentials.Show(environment, slot, out var shown);
        var window = windows.Add(environment, rectangle);
        places[window] = (shown, NotMapped);
        return window;
    }

    /// <summary>
    /// Whether an environment may do something to a window, whosever it is: by a credential that
    /// controls it (guard <c>exokernel-window-credential</c>).
    /// </summary>
    public ExokernelRefusal CheckControl(int environment, int slot, long window)
    {
        CheckCount++;
        var refusal = credentials.Show(environment, slot, out var shown);
        return refusal != ExokernelRefusal.None ? refusal
            : !windows.IsThere(window) ? ExokernelRefusal.NoSuchWindow
            : checksCredential && !shown.Controls(places[window].Guarding)
                ? ExokernelRefusal.NotDominated
            : ExokernelRefusal.None;
    }

    /// <summary>Whose a window is that is bound.</summary>
    public int OwnerOf(int window) => windows.OwnerOf(window);

    /// <summary>Where a window is that is bound.</summary>
    public PixelRectangle RectangleOf(int window) => windows.RectangleOf(window);

    /// <summary>The window goes to another, who controls it by its own capability.</summary>
    public void Pass(int window, int receiver, Capability guarding)
    {
        windows.Pass(window, receiver);
        places[window] = (guarding, NotMapped);
    }

    /// <summary>The window is nobody's any more.</summary>
    public void Unbind(int window)
    {
        windows.Remove(window);
        places[window] = default;
    }

    /// <summary>Its owner reaches it from a page on.</summary>
    public void Map(int window, long page) => places[window].Page = page;

    /// <summary>The page from which on its owner reaches it; false where it does not.</summary>
    public bool TryGetPage(int window, out long page)
    {
        page = places[window].Page;
        return page != NotMapped;
    }

    /// <summary>The windows of an environment, in the order of their numbers.</summary>
    public IEnumerable<int> WindowsOf(int environment) => windows.WindowsOf(environment);

    /// <summary>First page of an aperture that a window has a pixel in.</summary>
    public long FirstPageOf(int window) => FirstPageOf(windows.RectangleOf(window));

    /// <summary>How many pages of its aperture a window takes.</summary>
    public int PagesOf(int window) => PagesOf(windows.RectangleOf(window));

    /// <summary>First page of an aperture that a rectangle has a pixel in.</summary>
    public long FirstPageOf(in PixelRectangle rectangle) => Frame.NumberOf(
        DisplayRegisters.OffsetOf(windows.Width, rectangle.X, rectangle.Y));

    /// <summary>How many pages of an aperture a rectangle takes.</summary>
    public int PagesOf(in PixelRectangle rectangle)
    {
        var last = DisplayRegisters.OffsetOf(
            windows.Width, rectangle.X + rectangle.Width - 1,
            rectangle.Y + rectangle.Height - 1);
        return (int)(Frame.NumberOf(last) - FirstPageOf(rectangle)) + 1;
    }
}
