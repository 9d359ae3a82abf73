using System.Text.Json;

namespace Disguise.Host.Tests.Runs;

/// <summary>Architectures on machines of other years than their own.</summary>
public sealed class EraSpecs
{
    private const string Echo = """
        name: era
        platform: decstation-5000-125
        profile: ultrix-4.2
        seed: 1
        warm-up: 5ms
        duration: 50ms
        architecture: [arrakis, monolithic, microkernel]
        network: { bandwidth: 10Gbps, latency: 1us }
        machines:
          - name: server
            cores: 1
            memory: 32MiB
            tenants:
              - name: echo
                count: 2
                app: { kind: udp-echo, port: 7 }
                interface: posix
                core: shared
                wait: doorbell
        clients:
          - name: load
            count: 2
            app: { kind: udp-load, target: echo, payload: 32, outstanding: 1, timeout: 1s }
        """;

    [Fact]
    public void A_machine_without_an_iommu_refuses_arrakis_in_one_line_that_says_why()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "run", command.Write("era.yaml", Echo), "--architecture", "arrakis", "--quiet",
            "--out", command.PathOf("out"));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("arrakis cannot run on decstation-5000-125: ", errors);
        Assert.Contains("no IOMMU, and its card (lance) no virtual functions", errors);
        Assert.Single(errors, letter => letter == '\n');
        Assert.False(Directory.Exists(command.PathOf("out")));
    }

    [Fact]
    public void A_comparison_leaves_it_out_and_says_why()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "compare", command.Write("era.yaml", Echo), "--json", "--out",
            command.PathOf("out"));

        Assert.Equal(0, code);
        Assert.Contains("left out: arrakis cannot run on decstation-5000-125", errors);
        using var document = JsonDocument.Parse(output);
        Assert.Equal(
            ["monolithic", "microkernel"],
            document.RootElement.GetProperty("runs").EnumerateArray()
                .Select(run => run.GetProperty("architecture").GetString()));
    }

    [Fact]
    public void A_check_says_what_a_run_would_refuse()
    {
        using var command = new CommandRun();
        var file = command.Write("era.yaml", Echo);
        var (code, output, errors) = command.Run("check", file);
        Assert.Equal(0, code);
        Assert.Contains("left out: arrakis cannot run on decstation-5000-125", errors);
        Assert.Contains("0 virtual functions\n", output);

        foreach (var verb in new[] { "check", "compare", "run" })
        {
            (code, output, errors) = command.Run(
                verb, file, "--quiet", "--set", "architecture=[arrakis]");
            Assert.Equal((2, ""), (code, output));
            Assert.Contains("arrakis cannot run on decstation-5000-125: ", errors);
            Assert.Single(errors, letter => letter == '\n');
        }
    }

    [Fact]
    public void A_sweep_over_platforms_has_a_row_for_what_was_refused()
    {
        using var command = new CommandRun();
        var file = command.Write(
            "era.yaml", Echo + "\nsweep: { platform: [decstation-3100, pentium-pro-200] }\n");
        var (code, output, errors) = command.Run(
            "sweep", file, "--quiet", "--threads", "1", "--out", command.PathOf("out"));

        Assert.True(code == 0, errors);
        Assert.Contains("refused: arrakis cannot run on decstation-3100: ", output);
        Assert.Contains("refused: arrakis cannot run on pentium-pro-200: ", output);
        var rows = output.Split('\n').Where(line => line.Contains(" arrakis ")).ToList();
        Assert.Equal(2, rows.Count(line => line.EndsWith(" refused", StringComparison.Ordinal)));
        Assert.DoesNotContain(
            ",arrakis,", File.ReadAllText(command.PathOf("out", "sweep.csv")));
    }

    [Fact]
    public void The_card_of_a_platform_limits_the_link()
    {
        using var command = new CommandRun();
        var file = command.Write("era.yaml", Echo);
        double Latency(string platform) => command.Result(
            file, "--architecture", "monolithic", "--set", $"platform={platform}", "--out",
            command.PathOf(platform))
            .GetProperty("latency_us").GetProperty("mean").GetDouble();

        // 86 bytes there and back: 137.6 us at 10 Mb/s, 13.76 us at 100 Mb/s, and no clock of the
        // server is slower by as much as that.
        Assert.InRange(Latency("decstation-5000-240"), 137.6, 1_000);
        Assert.InRange(Latency("pentium-pro-200"), 13.76, 137.6);
    }

    [Theory]
    [InlineData("machines.server.nic.vfs=4")]
    [InlineData("machines.server.nic.vfs=64")]
    public void A_card_without_virtual_functions_is_asked_for_none(string setting)
    {
        using var command = new CommandRun();
        var (code, _, errors) = command.Run(
            "run", command.Write("era.yaml", Echo), "--set", setting, "--quiet");

        Assert.Equal(2, code);
        Assert.Contains("and the lance of decstation-5000-125 has none; allowed: all", errors);
    }

    [Theory]
    [InlineData("monolithic")]
    [InlineData("microkernel")]
    public void Software_refills_the_tlb_of_a_decstation_and_is_charged_for_it(
        string architecture)
    {
        using var command = new CommandRun();
        var file = command.Write("era.yaml", Echo);
        double Longest(string name, string cost) => command.Result(
            file, "--architecture", architecture, "--set", $"profile.tlb-refill-handler={cost}",
            "--set", "warm-up=0ms", "--out", command.PathOf(name))
            .GetProperty("latency_us").GetProperty("max").GetDouble();

        // The programs' few pages stay in the TLB: the first packet alone meets misses.
        Assert.True(Longest("dear", "10000instr") >= Longest("none", "0instr") + 300);
    }
}
