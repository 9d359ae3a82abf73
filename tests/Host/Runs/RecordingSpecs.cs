using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Disguise.Host.Tests.Runs;

/// <summary>What leaves a run in a standard format, read by programs that we did not write.
/// </summary>
public sealed class RecordingSpecs
{
    [RequiresProgramFact("tshark")]
    public void Tshark_finds_no_malformed_frame_and_no_bad_checksum_in_a_run()
    {
        using var command = new CommandRun();
        Assert.Equal(0, command.Run(
            "run", CommandRun.First, "--quiet", "--threads", "1", "--out", command.PathOf("out"),
            "--set", "inject=[]", "--set", "duration=5ms", "--pcap", "load[2]").Code);
        var file = command.PathOf("out", "packets.pcapng");

        string Select(string filter) => Output(
            command, "tshark", "-n", "-r", file, "-o", "ip.check_checksum:TRUE", "-o",
            "udp.check_checksum:TRUE", "-Y", filter);

        Assert.Equal("", Select(
            "_ws.malformed or _ws.expert.severity >= 6291456 or ip.checksum.status == 0"
            + " or udp.checksum.status == 0"));
        var good = Select("udp.checksum.status == 1 and ip.checksum.status == 1")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var all = Select("frame").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(good.Length, 4_000, 6_000);
        Assert.Equal(all.Length, good.Length);
        Assert.NotEqual("", Select("frame.interface_name == \"server.nic.vf[0]\""));
        Assert.NotEqual("", Select("frame.interface_name == \"load[2]\""));
    }

    [RequiresProgramFact("lspci")]
    public void Lspci_shows_the_virtual_functions_of_an_inspected_machine()
    {
        using var command = new CommandRun();
        var (code, output, _) = command.Run(
            "inspect", "pci", CommandRun.First, "--at", "100us", "--quiet");
        Assert.Equal(0, code);

        var text = Output(
            command, "lspci", "-vvv", "-nn", "-F", command.Write("dump.txt", output));

        Assert.Contains("Single Root I/O Virtualization (SR-IOV)", text);
        Assert.Contains("Initial VFs: 64, Total VFs: 64, Number of VFs: 64", text);
        Assert.Contains("VF offset: 128, stride: 2, Device ID: 10ed", text);
        Assert.Equal(64, text.Split("[8086:10ed]").Length - 1);
        Assert.Equal(65, text.Split("MSI-X: Enable").Length - 1);
        Assert.DoesNotContain("<chain broken>", text);
    }

    [Fact]
    public void What_a_library_drops_is_dropped_with_its_reason()
    {
        using var command = new CommandRun();
        var run = command.Result(CommandRun.Shipped("pcap-replay.yaml"));

        var dropped = run.GetProperty("packets").GetProperty("dropped");
        Assert.Equal(1, dropped.GetProperty("stack-no-port").GetInt64());
        Assert.Equal(0, run.GetProperty("referees").EnumerateArray()
            .Sum(referee => referee.GetProperty("violations").GetInt64()));
    }

    [Fact]
    public void The_trace_is_json_in_order_of_time_on_each_track()
    {
        using var command = new CommandRun();
        Assert.Equal(0, command.Run(
            "run", command.Write("small.yaml", SmallWorld.Text), "--quiet", "--trace",
            "--threads", "1", "--out", command.PathOf("out")).Code);

        using var document = JsonDocument.Parse(
            File.ReadAllText(command.PathOf("out", "trace.json")));
        var reached = new Dictionary<(int, int), double>();
        var names = new HashSet<string>();
        var events = 0;
        foreach (var one in document.RootElement.GetProperty("traceEvents").EnumerateArray())
        {
            if (one.GetProperty("ph").GetString() == "M")
            {
                names.Add(one.GetProperty("args").GetProperty("name").GetString()!);
                continue;
            }

            events++;
            var track = (one.GetProperty("pid").GetInt32(), one.GetProperty("tid").GetInt32());
            var at = one.GetProperty("ts").GetDouble();
            Assert.True(at >= reached.GetValueOrDefault(track), one.ToString());
            reached[track] = at;
        }

        Assert.True(events > 1_000);
        Assert.Contains("server.nic.vf[0]", names);
        Assert.Contains("load[3]", names);
    }

    [Fact]
    public void Packets_of_a_link_a_client_and_a_function_are_recorded_once_each()
    {
        using var command = new CommandRun();
        var run = command.Result(
            command.Write("small.yaml", SmallWorld.Text), "--pcap", "server.link",
            "--out", command.PathOf("out"));

        using var file = File.OpenRead(command.PathOf("out", "packets.pcapng"));
        var frames = Hardware.Captures.CaptureReader.ReadAll(file, 1_000_000);
        var operations = run.GetProperty("operations").GetInt64();
        Assert.InRange(
            frames.Count, 2 * operations, (2 * operations) + 16);
    }

    private static string Output(CommandRun command, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = command.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = command.Folder; // No settings of whoever runs the tests.
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(
            process.ExitCode == 0,
            string.Create(CultureInfo.InvariantCulture, $"{program}: {errors.Result}"));
        return output;
    }
}
