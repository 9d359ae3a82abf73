using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Platforms;

namespace Disguise.Host.Calibration;

/// <summary>
/// The platform file of this machine: measured costs, and those of another platform, marked
/// assumed, for what cannot be measured without hardware.
/// </summary>
internal static class HostPlatform
{
    /// <summary>The platform's name.</summary>
    public const string Name = "this-host";

    /// <summary>Where costs come from that are not measured.</summary>
    public const string Like = "xeon-e5-2430-x520";

    /// <summary>The text of the file.</summary>
    public static string Write(IReadOnlyList<Measured> measured)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # This machine as the verb calibrate measured it: {Processor()},
            # {RuntimeInformation.OSDescription}. What needs hardware that no program can time is
            # that of {Like}, and marked assumed.
            # A line: cost = value unit [assumed] # source. Units: ps ns us; ps/B ns/B by the byte.

            description = {Processor()}; adapter as in {Like}
            nic = x520


            """);
        foreach (var cost in PlatformCatalog.Load(Like).Costs)
            text.Append(Line(cost, Find(cost.Key.Name, measured))).Append('\n');
        text.Append('\n');
        text.Append("# Measured too, and no cost of a platform:\n");
        foreach (var one in measured)
        {
            var value = one.Nanoseconds is { } time
                ? string.Create(CultureInfo.InvariantCulture, $"{time:0.###} {one.Unit}")
                : "not measured";
            text.Append(CultureInfo.InvariantCulture, $"# {one.Name}: {value}: {one.Method}\n");
        }

        return text.ToString();
    }

    /// <summary>What a cost is here; null where it cannot be measured.</summary>
    private static (double Nanoseconds, string Source)? Find(
        string cost, IReadOnlyList<Measured> measured)
    {
        (double, string)? Of(string name, double share, string note) =>
            measured.Single(one => one.Name == name) is { Nanoseconds: { } time } one
                ? (time * share, note + one.Method) : null;

        return cost switch
        {
            "trap" => Of("system-call", 0.5, "measured, half of "),
            "trap-return" => Of("system-call", 0.5, "measured, half of "),
            "tlb-miss" => Of("page-walk", 1, "measured: "),
            "remote-line-touch" => Of("remote-line", 1, "measured: "),
            "poll-step" => Of("poll-step", 1, "measured: "),
            "address-space-switch" => Difference(
                measured, "pipe-process-switch", "pipe-thread-switch"),
            _ => null,
        };
    }

    /// <summary>What switching processes takes beyond switching threads.</summary>
    private static (double Nanoseconds, string Source)? Difference(
        IReadOnlyList<Measured> measured, string larger, string smaller)
    {
        var more = measured.Single(one => one.Name == larger);
        var less = measured.Single(one => one.Name == smaller);
        return Measured.AboveNothing(more.Nanoseconds - less.Nanoseconds) is { } time
            ? (time, $"measured, {larger} less {smaller}: {more.Method}") : null;
    }

    private static string Line(SourcedCost cost, (double Nanoseconds, string Source)? found)
    {
        if (found is not { } here)
        {
            var unit = cost.Key.Unit == CostUnit.Byte ? "ps/B" : "ps";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{cost.Key.Name} = {cost.CostPs} {unit} assumed # as {Like}: {cost.Source}");
        }

        var timePs = Math.Max(1, (long)Math.Round(here.Nanoseconds * 1_000));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{cost.Key.Name} = {timePs} ps # {here.Source}");
    }

    /// <summary>The processor's name as the system has it.</summary>
    private static string Processor()
    {
        try
        {
            foreach (var line in File.ReadLines("/proc/cpuinfo"))
            {
                if (line.StartsWith("model name", StringComparison.Ordinal))
                {
                    return $"{line[(line.IndexOf(':') + 1)..].Trim()}, "
                        + $"{Environment.ProcessorCount} processors";
                }
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // The architecture's name will do.
        }

        return $"{RuntimeInformation.ProcessArchitecture}, "
            + $"{Environment.ProcessorCount} processors";
    }
}
