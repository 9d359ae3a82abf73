using System.Text.Json;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Running;
using Disguise.Host.Verbs;

namespace Disguise.Host.Tests.Runs;

/// <summary>How runs end, and what they say then.</summary>
public sealed class ExitCodeSpecs
{
    [Theory]
    [InlineData("architecture", "--architecture", "exokernal")]
    [InlineData("machines.server.corez=4", "--set", "machines.server.corez=4")]
    [InlineData("machines.nobody", "--set", "machines.nobody.cores=4")]
    [InlineData("duration=5", "--set", "duration=5")]
    [InlineData("no cost mmio-wrte; allowed: ", "--set", "platform.mmio-wrte=5ns")]
    [InlineData("no cost stack; allowed: ", "--set", "profile.stack=5ns")]
    [InlineData("no frames pass there", "--pcap", "server.core[0]")]
    [InlineData("server.nic.vf[99]", "--pcap", "server.nic.vf[99]")]
    [InlineData("--nodes", "--nodes", "2")]
    [InlineData("--journal: journals are not built yet; allowed: none", "--journal", "sqlite")]
    public void Bad_input_is_one_line_and_exit_code_2(string says, params string[] options)
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
        [
            "run", command.Write("small.yaml", SmallWorld.Text), "--quiet", "--out",
            command.PathOf("out"), .. options,
        ]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(says, errors);
        Assert.Single(errors, letter => letter == '\n');
        Assert.False(Directory.Exists(command.PathOf("out")));
    }

    [Theory]
    [InlineData("arrakis.operations_per_z > 1", "the nearest is 'operations_per_s'")]
    [InlineData("arakis.operations > 1", "the nearest is 'arrakis'")]
    [InlineData("arrakis.groups.ecko.operations > 1", "the nearest is 'echo'")]
    [InlineData("arrakis.groups.echo.each[1].operaton > 1", "the nearest is 'operations'")]
    [InlineData("arrakis.control_plane.refused.create-fliter == 0", "is 'create-filter'")]
    [InlineData("arrakis.control_plane.latency_us.create-fliter.p99 < 1", "is 'create-filter'")]
    [InlineData("arrakis.packets.dropped.no-such == 0", "arrakis.packets.dropped.no-such'")]
    [InlineData("exokernel.secure_bindings.stlb-hit > 0", "the nearest is 'stlb-hits'")]
    [InlineData("exokernel.secure_bindings.stlb > 0", "no 'exokernel.secure_bindings.stlb'")]
    [InlineData("arrakis.referees.packetz.violations == 0", "the nearest is 'packets'")]
    [InlineData("arrakis.injections[0].done_after_us < 1", "'injections' has no entry 0")]
    [InlineData("arrakis.series.operations_per_s[0] > 1", "no 'arrakis.series.operations")]
    [InlineData("arrakis.cpu_us_per_operation.drivr > 0", "the nearest is 'driver'")]
    public void A_misspelt_path_of_an_expectation_is_found_before_the_run(
        string expectation, string says)
    {
        using var command = new CommandRun();
        var file = command.Write(
            "small.yaml", $"{SmallWorld.Text}\nexpect: [ \"{expectation}\" ]\n");
        var line = File.ReadAllLines(file).Length;
        foreach (var verb in new[] { "check", "run", "compare" })
        {
            var (code, output, errors) = command.Run(verb, file, "--quiet");

            Assert.Equal((2, ""), (code, output));
            Assert.StartsWith($"{file}:{line}: expect: {expectation}: ", errors);
            Assert.Contains(says, errors);
            Assert.Single(errors, letter => letter == '\n');
        }
    }

    [Fact]
    public void What_can_occur_passes_the_check_and_counts_0_where_it_did_not()
    {
        using var command = new CommandRun();
        var file = command.Write(
            "small.yaml",
            SmallWorld.Text + """

            interval: 50us
            inject:
              - { at: 100us, fault: { target: "server.link", kind: link-down, for: 10us } }
            expect:
              - arrakis.control_plane.refused.create-filter == 0
              - arrakis.control_plane.calls.mint == 0
              - arrakis.packets.dropped.no-filter == 0
              - arrakis.referees.packets.violations == 0
              - arrakis.referees.tenant-crashes.violations == 0
              - arrakis.injections[0].at_us == 100
              - arrakis.series.operations_per_s[1] > 0
              - arrakis.cpu_us_per_operation.scheduler == 0

            """);

        var (code, output, errors) = command.Run(
            "run", file, "--quiet", "--out", command.PathOf("out"));

        Assert.Equal((0, ""), (code, errors));
        Assert.DoesNotContain("not checked", output);
    }

    [Fact]
    public void A_tenant_that_is_refused_is_named_and_counted_and_the_others_are_measured()
    {
        using var command = new CommandRun();
        string[] crowded =
        [
            "run", command.Write("small.yaml", SmallWorld.Text), "--quiet",
            "--set", "machines.server.nic.vfs=1",
            "--set", "machines.server.nic.when-vfs-run-out=refuse",
            "--out", command.PathOf("out"),
        ];

        var (code, output, errors) = command.Run(crowded);

        Assert.Equal(0, code);
        Assert.Contains("server.echo[1]: not served: ", errors);
        Assert.Contains("arrakis", output);
        using var document = JsonDocument.Parse(
            File.ReadAllText(command.PathOf("out", "result.json")));
        var run = document.RootElement.GetProperty("runs")[0];
        Assert.True(run.GetProperty("operations").GetInt64() > 0);
        Assert.Equal("complete", document.RootElement.GetProperty("status").GetString());
        Assert.Equal(1, run.GetProperty("tenants_refused").GetInt64());
        var refusal = Assert.Single(run.GetProperty("refusals").EnumerateArray());
        Assert.Equal("server.echo[1]", refusal.GetProperty("address").GetString());
        Assert.NotEqual("", refusal.GetProperty("reason").GetString());

        var strict = command.Write(
            "strict.yaml",
            $"{SmallWorld.Text}\nexpect: [ \"arrakis.tenants_refused == 0\" ]\n");
        Assert.Equal(
            1,
            command.Run(["run", strict, .. crowded[2..^1], command.PathOf("strict")]).Code);
        Assert.Equal(0, command.Run(
            "run", strict, "--quiet", "--out", command.PathOf("free")).Code);
    }

    [Fact]
    public void An_application_that_is_not_built_is_bad_input_since_it_cannot_be_left_out()
    {
        var experiment = SmallWorld.Read();

        ExperimentFiles.RequireApplications(experiment, BuiltMechanisms.Here);
        var refusal = Assert.Throws<ExperimentError>(
            () => ExperimentFiles.RequireApplications(experiment, new Without("app.udp-echo")));
        Assert.Equal(
            "small.yaml:17: machines.server.tenants.echo.app: udp-echo is not built yet",
            refusal.Message);
    }

    [Fact]
    public void Quiet_says_nothing_of_frames_that_an_architecture_cannot_record()
    {
        using var command = new CommandRun();
        foreach (var quiet in new string[][] { [], ["--quiet"] })
        {
            var (code, _, errors) = command.Run(
            [
                "compare", command.Write("small.yaml", SmallWorld.Text), "--pcap",
                "server.nic.vf[0]", "--architecture", "arrakis,monolithic", "--out",
                command.PathOf($"out{quiet.Length}"), .. quiet,
            ]);

            Assert.Equal(0, code);
            Assert.Equal(
                quiet.Length == 0, errors.Contains("no virtual functions under monolithic"));
            Assert.Equal(quiet.Length == 0, errors.Length > 0);
        }
    }

    [Fact]
    public void A_missing_file_is_one_line_and_exit_code_2()
    {
        using var command = new CommandRun();
        foreach (var verb in new[] { "run", "explain", "check", "verify", "compare" })
        {
            var (code, _, errors) = command.Run(verb, command.PathOf("no.yaml"));
            Assert.Equal((2, 1), (code, errors.Count(letter => letter == '\n')));
            Assert.Contains("no.yaml: there is no such file", errors);
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_exit_code_3()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        // A file stands where a folder would have to be; root may write anywhere else.
        var (code, output, errors) = command.Run(
            "run", file, "--quiet", "--out", Path.Combine(file, "out"));

        Assert.Equal((3, ""), (code, output));
        Assert.Single(errors, letter => letter == '\n');
    }

    [Fact]
    public void A_failed_expectation_prints_both_sides_and_is_exit_code_1()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "run", command.Write("small.yaml", SmallWorld.Text + "\n" + """
            expect: [ "arrakis.kernel_messages_on_data_path == 7", "arrakis.operations > 1" ]
            """), "--quiet", "--out", command.PathOf("out"));

        Assert.Equal((1, ""), (code, errors));
        Assert.Contains(
            "fails        arrakis.kernel_messages_on_data_path == 7\n"
                + "               left 0, right 7\n",
            output);
        using var document = JsonDocument.Parse(
            File.ReadAllText(command.PathOf("out", "result.json")));
        var checks = document.RootElement.GetProperty("checks");
        Assert.False(checks[0].GetProperty("holds").GetBoolean());
        Assert.Equal(0, checks[0].GetProperty("left").GetDouble());
        Assert.Equal(7, checks[0].GetProperty("right").GetDouble());
        Assert.True(checks[1].GetProperty("holds").GetBoolean());
    }

    [Fact]
    public void An_interrupted_run_writes_what_it_has_measured_and_is_exit_code_130()
    {
        using var command = new CommandRun();
        using var interrupted = new CancellationTokenSource();
        using var errors = new CancellingWriter("arrakis: ", interrupted);
        var experiment = SmallWorld.Read(SmallWorld.Text + "\n" + """
            inject:
              - { at: 1ns, fault: { target: "server.nic.vf[0]", kind: link-down, for: 1ns } }
              - { at: 999ms, fault: { target: "server.nic.vf[1]", kind: link-down, for: 1ns } }
            """, "duration=1s");
        var outcome = new ArchitectureRun(
            experiment, Composition.Architectures.Of("arrakis"), CostBook.Load(experiment),
            new RunSettings { ProgressSilence = TimeSpan.FromMilliseconds(200) },
            new Terminal(TextWriter.Null, errors, interrupted.Token)).Run();

        Assert.False(outcome.IsComplete);
        Assert.InRange(outcome.VirtualPs, 1, Picoseconds.PerSecond - 1);
        Assert.True(outcome.Result.Operations > 0);
        Assert.InRange(outcome.Result.OperationsPerSecond!.Value, 500_000, 2_000_000);
        Assert.Equal("server.nic.vf[0]", Assert.Single(outcome.Result.Injections).Target);

        using var already = new CancellationTokenSource();
        already.Cancel();
        var (code, _, _) = command.Run(
            already.Token, "run", command.Write("small.yaml", SmallWorld.Text), "--quiet",
            "--set", "duration=1s", "--out", command.PathOf("out"));
        Assert.Equal(130, code);
        using var document = JsonDocument.Parse(
            File.ReadAllText(command.PathOf("out", "result.json")));
        Assert.Equal("interrupted", document.RootElement.GetProperty("status").GetString());
        Assert.True(File.Exists(command.PathOf("out", "report.html")));
    }

    [Fact]
    public void Progress_is_shown_after_a_silence_and_never_when_quiet()
    {
        using var emulation = new Emulation(new EmulationOptions());
        using var errors = new StringWriter();
        var terminal = new Terminal(TextWriter.Null, errors, CancellationToken.None);

        Assert.True(new ProgressLine(
            "run", emulation, 2_000_000, terminal, false).Reached(500_000));
        Assert.True(new ProgressLine(
            "run", emulation, 2_000_000, terminal, true, TimeSpan.Zero).Reached(500_000));
        Assert.Equal("", errors.ToString());

        Assert.True(new ProgressLine(
            "run", emulation, 2_000_000, terminal, false, TimeSpan.Zero).Reached(500_000));
        Assert.Contains("run: 500 ns of 2 us", errors.ToString());
        Assert.Contains("events/s", errors.ToString());
        Assert.Contains("left", errors.ToString());
    }

    /// <summary>Cancels as soon as a text is written: a user who presses Ctrl-C.</summary>
    private sealed class CancellingWriter(string text, CancellationTokenSource source)
        : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            Look();
        }

        public override void Write(string? value)
        {
            base.Write(value);
            Look();
        }

        private void Look()
        {
            if (ToString().Contains(text, StringComparison.Ordinal))
                source.Cancel();
        }
    }

    private sealed class Without(string missing) : IBuiltMechanisms
    {
        public bool Has(string mechanism) =>
            mechanism != missing && BuiltMechanisms.Here.Has(mechanism);
    }
}
