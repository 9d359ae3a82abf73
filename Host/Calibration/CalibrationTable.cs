using System.Globalization;
using Disguise.Host.Results;

namespace Disguise.Host.Calibration;

/// <summary>What was measured, for a terminal, 100 columns wide.</summary>
internal static class CalibrationTable
{
    private const int NameWidth = 20;
    private const int ValueWidth = 16;

    public static void Write(
        TextWriter writer, IReadOnlyList<Measured> measured, IReadOnlyList<EchoComparison> echoes,
        string platformPath)
    {
        foreach (var one in measured)
        {
            var label = one.Name.PadRight(NameWidth) + Value(one).PadLeft(ValueWidth) + "  ";
            foreach (var line in TextLines.Wrap(one.Method, ResultTable.Columns - label.Length))
            {
                writer.Write(label + line + "\n");
                label = new string(' ', label.Length);
            }
        }

        writer.Write("\nUDP echo over 127.0.0.1, for real; emulated: a monolithic kernel on this "
            + "platform, without\nadapter and wire. A real round trip is two traversals of one "
            + "kernel, the emulated one is the\nserver's alone: the ratio is half the round trip "
            + "to it.\n\n");
        Line(writer, "payload", "on", "round trip (us)", "p99 (us)", "half (us)", "emulated (us)",
            "ratio");
        foreach (var echo in echoes)
        {
            Line(
                writer, $"{echo.Real.PayloadBytes} B",
                echo.Real.Processors == 1 ? "one core" : "two cores", Us(echo.Real.MedianNs),
                Us(echo.Real.P99Ns), Us(echo.HalfNs), Us(echo.PredictedNs),
                echo.Ratio?.ToString("0.00", CultureInfo.InvariantCulture)
                    ?? ResultText.NotMeasured);
        }

        writer.Write($"\nplatform file: {platformPath}\n");
    }

    private static string Value(Measured one) => one.Nanoseconds is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{time:0.###} {one.Unit}")
        : "not measured";

    private static string Us(double? nanoseconds) => nanoseconds is { } time
        ? (time / 1_000).ToString("0.000", CultureInfo.InvariantCulture)
        : ResultText.NotMeasured;

    private static void Line(
        TextWriter writer, string payload, string cores, string roundTrip, string tail, string half,
        string emulated, string ratio) =>
        writer.Write(
            payload.PadRight(10) + cores.PadRight(10) + roundTrip.PadLeft(16) + tail.PadLeft(12)
            + half.PadLeft(12) + emulated.PadLeft(15) + ratio.PadLeft(9) + "\n");
}
