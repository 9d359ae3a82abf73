using System.Globalization;
using System.Text;
using System.Text.Json;
using Disguise.Hardware.Display;
using Disguise.Host.Composition;

namespace Disguise.Host.Verbs;

/// <summary>
/// The part of <c>inspect</c> that shows what is on a screen: a plain portable pixmap (Netpbm, P3),
/// which image programs read.
/// </summary>
internal static class ScreenPictures
{
    private const int PixelsPerLine = 5;

    /// <summary>The picture of the only display among machines.</summary>
    public static void Print(IEnumerable<MachineUnderTest> machines, TextWriter output) =>
        output.Write(PictureOf(DisplaysOf(machines).Single().Screen));

    /// <summary>All displays of machines, with what was drawn and refused.</summary>
    public static void Write(IEnumerable<MachineUnderTest> machines, Utf8JsonWriter json) =>
        JsonOutput.Array(json, "displays", DisplaysOf(machines), found =>
        {
            json.WriteString("address", $"{found.Machine}.display");
            json.WriteNumber("width", found.Screen.Width);
            json.WriteNumber("height", found.Screen.Height);
            json.WriteNumber("pixels_written", found.Screen.WriteCount);
            json.WriteNumber("pixels_refused", found.Screen.RefusedCount);
            json.WriteString("picture", PictureOf(found.Screen));
        });

    private static IEnumerable<(string Machine, FrameBuffer Screen)> DisplaysOf(
        IEnumerable<MachineUnderTest> machines) =>
        from machine in machines
        let display = machine.Display
        where display is not null
        select (machine.Address, display.Screen);

    private static string PictureOf(FrameBuffer screen)
    {
        var culture = CultureInfo.InvariantCulture;
        var text = new StringBuilder().Append(culture, $"P3\n{screen.Width} {screen.Height}\n255");
        for (var y = 0; y < screen.Height; y++)
        {
            for (var x = 0; x < screen.Width; x++)
            {
                var pixel = screen.PixelAt(x, y);
                var (red, green, blue) = ((byte)(pixel >> 16), (byte)(pixel >> 8), (byte)pixel);
                text.Append(x % PixelsPerLine == 0 ? '\n' : ' ')
                    .Append(culture, $"{red} {green} {blue}");
            }
        }

        return text.Append('\n').ToString();
    }
}
