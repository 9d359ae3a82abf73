using Disguise.Hardware.Display;
using Disguise.Host.Experiments.Keys;

namespace Disguise.Host.Experiments;

/// <summary>
/// Whether every window that the tenants of a machine open has a place on its display, and a tag.
/// Places are tried as <see cref="LibOS.Applications.Draw"/> tries them, in the order of the file.
/// </summary>
internal sealed class WindowFit(DisplaySettings? display)
{
    private const int MostWindows = DisplayRegisters.TagCount - 1;

    private readonly List<PixelRectangle> windows = [];

    /// <summary>Places the windows of a group, or refuses it.</summary>
    public void Add(SectionValues tenants, TenantGroup group)
    {
        var app = group.Application;
        if (app.Kind != DisplayKinds.Draw)
            return;
        if (display is null)
            throw tenants.Error(
                "app", $"{DisplayKinds.Draw}, and its machine has no display",
                "display: { width: 640, height: 480 } on the machine");
        var (width, height) = (app.Integer("width"), app.Integer("height"));
        if (width > display.Width || height > display.Height)
            throw tenants.Error(
                "app", $"a window of {width} x {height} on a display of {display.Width} x "
                    + $"{display.Height}",
                "a window that fits on the display");
        if (app.Integer("square") > Math.Min(width, height))
            throw tenants.Error(
                "app", $"a square of {app.Integer("square")} in a window of {width} x {height}",
                "a square that fits in the window");
        Place(tenants, group.CountOn(0), width, height, display);
    }

    private void Place(
        SectionValues tenants, int count, int width, int height, DisplaySettings screen)
    {
        if (windows.Count + count > MostWindows)
            throw Refused(
                tenants, $"{windows.Count + count} windows on a display",
                $"{MostWindows} at most, as it has no more tags");
        for (var placed = 0; placed < count; placed++)
        {
            if (PlaceFor(width, height, screen) is not { } place)
                throw Refused(
                    tenants,
                    $"{count} windows of {width} x {height} on a display of {screen.Width} x "
                        + $"{screen.Height}",
                    placed == 0 ? "none of them, as others have all places" : $"{placed} at most");
            windows.Add(place);
        }
    }

    private PixelRectangle? PlaceFor(int width, int height, DisplaySettings screen)
    {
        for (var y = 0; y + height <= screen.Height; y += height)
        {
            for (var x = 0; x + width <= screen.Width;)
            {
                var place = new PixelRectangle(x, y, width, height);
                var taken = windows.FindIndex(window => window.Overlaps(place));
                if (taken < 0)
                    return place;
                // What comes before the end of that window overlaps it too.
                var end = windows[taken].X + windows[taken].Width;
                x += Math.Max(1, (end - x + width - 1) / width) * width;
            }
        }

        return null;
    }

    private static ExperimentError Refused(SectionValues tenants, string what, string allowed) =>
        tenants.Error(
            tenants.Has("total") ? "total" : tenants.IsGiven("count") ? "count" : "app", what,
            allowed);
}
