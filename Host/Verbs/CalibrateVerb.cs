using System.Text;
using System.Text.Json;
using Disguise.Host.Calibration;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.RunFolders;

namespace Disguise.Host.Verbs;

/// <summary>
/// <c>calibrate</c>: measures what primitives cost on this machine, writes a platform file, and
/// holds a real echo beside the emulated one.
/// </summary>
internal static class CalibrateVerb
{
    private const string RunsFolder = "runs";
    private const string ResultName = "calibration.json";
    private const long Seed = 1;

    private static readonly int[] Payloads = [64, 1_024];

    public static int Calibrate(CalibrateOptions options, Terminal terminal)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new SurroundingsRefuseException(
                "calibrate measures through system calls of Linux, and this is another system");
        }

        var common = options.Common;
        RefuseWhatIsNotForIt(common);
        var effort = options.Repetitions is { } repetitions
            ? Effort.Usual with { Repetitions = repetitions } : Effort.Usual;
        return Calibrate(effort, common, terminal);
    }

    /// <summary>Measures with an effort of choice.</summary>
    public static int Calibrate(Effort effort, CommonOptions common, Terminal terminal)
    {
        var measured = Calibrator.Measure(effort, terminal.Interrupted);
        var folder = RunFolder.Create(
            RunsFolder, HostPlatform.Name, Seed, common.Out, EchoPrediction.Experiment);
        var platformPath = Path.Combine(
            folder.FullPath, HostPlatform.Name + PlatformFiles.Extension);
        RunFolder.WriteAtomically(
            platformPath, Encoding.UTF8.GetBytes(HostPlatform.Write(measured)));
        if (!EchoPrediction.IsThere && !common.Quiet)
            terminal.Error.WriteLine("no monolithic kernel is built yet: the echo is not emulated");
        var echoes = new List<EchoComparison>();
        foreach (var payload in Payloads)
        {
            var predictedNs = EchoPrediction.IsThere
                ? EchoPrediction.Of(folder.ExperimentPath, payload, terminal) : (double?)null;
            echoes.AddRange(LoopbackEcho.MeasureAll(payload, effort.Echoes)
                .Select(real => new EchoComparison(real, predictedNs)));
        }

        using var json = new StringWriter { NewLine = "\n" };
        JsonOutput.Write(
            terminal with { Output = json },
            writer => Write(writer, measured, echoes, platformPath));
        RunFolder.WriteAtomically(
            Path.Combine(folder.FullPath, ResultName), Encoding.UTF8.GetBytes(json.ToString()));
        if (common.Json)
            terminal.Output.Write(json.ToString());
        else
            CalibrationTable.Write(terminal.Output, measured, echoes, platformPath);
        return ExitCodes.Done;
    }

    private static void RefuseWhatIsNotForIt(CommonOptions common)
    {
        var given = common switch
        {
            { Set.Count: > 0 } => "--set",
            { Pcap.Count: > 0 } => "--pcap",
            { Trace: true } => "--trace",
            { Seed: not null } => "--seed",
            _ => null,
        };
        if (given is not null)
        {
            throw new ExperimentError(
                given, "calibrate measures this machine and runs no experiment of yours",
                "--out, --repetitions, --quiet, --json");
        }
    }

    private static void Write(
        Utf8JsonWriter json, IReadOnlyList<Measured> measured,
        IReadOnlyList<EchoComparison> echoes, string platformPath)
    {
        json.WriteString("platform_file", platformPath);
        JsonOutput.Array(json, "measured", measured, one =>
        {
            json.WriteString("name", one.Name);
            Number(json, "value", one.Nanoseconds);
            json.WriteString("unit", one.Unit);
            json.WriteString("method", one.Method);
        });
        JsonOutput.Array(json, "echo", echoes, echo =>
        {
            json.WriteNumber("payload", echo.Real.PayloadBytes);
            json.WriteNumber("processors", echo.Real.Processors);
            json.WriteNumber("round_trip_us_p50", echo.Real.MedianNs / 1_000);
            json.WriteNumber("round_trip_us_p99", echo.Real.P99Ns / 1_000);
            json.WriteNumber("half_round_trip_us", echo.HalfNs / 1_000);
            Number(json, "emulated_us", echo.PredictedNs / 1_000);
            Number(json, "ratio", echo.Ratio);
        });
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
