using System.Diagnostics;
using System.Text.Json;
using Disguise.Host.Composition;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>Whole machines whose tenants draw into windows of one screen.</summary>
public sealed class DrawSpecs
{
    private const string Text = """
        name: draw
        platform: decstation-5000-125
        profile: aegis-exos
        duration: 2ms
        machines:
          - name: server
            cores: 2
            display: { width: 64, height: 24 }
            tenants:
              - name: artist
                count: 2
                app: { kind: draw, width: 32, height: 24, square: 8 }
                core: own
        """;

    [Theory]
    [InlineData("exokernel", "decstation-5000-125", "aegis-exos")]
    [InlineData("exokernel", "pentium-pro-200", "xok")]
    [InlineData("exokernel", "xeon-e5-2430-x520", "extaris")]
    [InlineData("monolithic", "decstation-5000-125", "ultrix-4.2")]
    [InlineData("monolithic", "xeon-e5-2430-x520", "linux-3.8")]
    public void Two_tenants_draw_and_referees_find_nothing(
        string architecture, string platform, string profile)
    {
        var result = Run(architecture, $"platform={platform}", $"profile={profile}");

        Assert.True(result.Operations > 10);
        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
        // What is under way at an end of the measured time counts for a part.
        Assert.InRange(result.MmioPerOperation!.Value, 63, 66);
    }

    [Fact]
    public void Under_the_exokernel_no_message_of_the_data_path_is_to_the_kernel()
    {
        var result = Run("exokernel");

        Assert.Equal(0, result.KernelMessagesOnDataPath);
        Assert.Equal(0, result.CrossingsPerOperation!["total"]);
        // One is told that the first place is taken, and takes the next.
        Assert.Equal(3, result.SecureBindings!["window-bind-checks"]);
        Assert.DoesNotContain("window-refusals", result.SecureBindings.Keys);
        Assert.True(result.SecureBindings["window-uses"] >= 64 * result.Operations);
    }

    [Fact]
    public void Under_a_monolithic_kernel_each_square_is_a_call_and_a_copy()
    {
        var result = Run("monolithic");

        Assert.InRange(result.CrossingsPerOperation!["system-call"], 1, 1.05);
        Assert.InRange(result.BytesCopiedPerOperation!.Value, 250, 262);
        Assert.InRange(
            result.KernelMessagesOnDataPath!.Value, result.Operations!.Value,
            result.Operations.Value + 2);
    }

    [Theory]
    [InlineData("exokernel")]
    [InlineData("monolithic")]
    public void A_run_is_the_same_whenever_it_is_run(string architecture)
    {
        Assert.Equal(Run(architecture).Hash, Run(architecture).Hash);
        Assert.NotEqual(
            Run(architecture).Hash,
            Run(architecture, "machines.server.tenants.artist.app.square=4").Hash);
    }

    [Theory]
    [InlineData("arrakis")]
    [InlineData("microkernel")]
    public void Who_drives_no_display_says_so_in_one_line(string architecture)
    {
        using var command = new CommandRun();
        var file = command.Write("draw.yaml", Text);

        var (code, _, errors) = command.Run(
            "run", file, "--quiet", "--architecture", architecture, "--set",
            "platform=xeon-e5-2430-x520", "--set", "profile=extaris", "--out",
            command.PathOf("run"));

        Assert.Equal(2, code);
        Assert.Equal(
            $"{file}:8: {architecture} cannot run with the display of server: nobody in it drives "
                + "one; allowed: architecture exokernel, monolithic\n",
            errors);
    }

    [Theory]
    [InlineData("exokernel")]
    [InlineData("monolithic")]
    public void Each_tenant_fills_its_own_half_of_the_picture(string architecture)
    {
        using var command = new CommandRun();
        var picture = Picture(command, architecture);

        var numbers = picture.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["P3", "64", "24", "255"], numbers[..4]);
        Assert.Equal(4 + (64 * 24 * 3), numbers.Length);
        var colours = numbers[4..].Chunk(3).Select(pixel => string.Join(' ', pixel)).ToArray();
        // One square of each may be half drawn.
        var halves = Squares(colours).ToLookup(
            square => square.Left < 32, square => square.Pixels);
        var left = halves[true].Where(IsOfOneColour).Select(pixels => pixels[0]).ToList();
        var right = halves[false].Where(IsOfOneColour).Select(pixels => pixels[0]).ToList();
        Assert.InRange(left.Count, 11, 12);
        Assert.InRange(right.Count, 11, 12);
        Assert.Empty(left.Intersect(right));
    }

    [RequiresProgramFact("pnmtopng")]
    public void A_program_that_we_did_not_write_reads_the_picture()
    {
        using var command = new CommandRun();
        var file = command.Write("screen.ppm", Picture(command, "exokernel"));
        var start = new ProcessStartInfo("pnmtopng", file) { RedirectStandardOutput = true };

        using var process = Process.Start(start)!;
        using var png = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(png);
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png.ToArray()[..4]);
        Assert.Equal([0, 0, 0, 64, 0, 0, 0, 24], png.ToArray()[16..24]);
    }

    [Fact]
    public void Inspect_shows_windows_and_what_the_display_did()
    {
        using var command = new CommandRun();
        var file = command.Write("draw.yaml", Text);
        string[] common = [file, "--quiet", "--architecture", "exokernel", "--at", "500us"];

        var bindings = command.Run(["inspect", "bindings", .. common]);
        var display = command.Run(["inspect", "display", .. common, "--json"]);
        var pci = command.Run(["inspect", "pci", .. common]);

        Assert.Contains(
            "server.artist[0] window[1] x 0 y 0 width 32 height 24 virtual 0x82000000\n",
            bindings.Output);
        Assert.Contains(
            "server.artist[1] window[2] x 32 y 0 width 32 height 24 virtual 0x82000000\n",
            bindings.Output);
        using var json = JsonDocument.Parse(display.Output);
        var shown = json.RootElement.GetProperty("displays")[0];
        Assert.Equal("server.display", shown.GetProperty("address").GetString());
        Assert.Equal(0, shown.GetProperty("pixels_refused").GetInt64());
        Assert.True(shown.GetProperty("pixels_written").GetInt64() > 64 * 24);
        Assert.Contains("20:00.0 0380: 1af4:10f2\n", pci.Output);
    }

    [Fact]
    public void A_display_has_an_address()
    {
        using var command = new CommandRun();
        var file = command.Write("draw.yaml", Text);
        (int Code, string Output, string Errors) Ask(string what) => command.Run(
            "inspect", what, file, "--quiet", "--at", "0us", "--target", "server.display");

        var display = Ask("display");
        var pci = Ask("pci");

        Assert.Equal((0, ""), (display.Code, display.Errors));
        Assert.StartsWith("P3\n64 24\n", display.Output);
        Assert.Contains("20:00.0 0380: 1af4:10f2\n", pci.Output);
        Assert.DoesNotContain(" 0200: ", pci.Output);
        Assert.Equal(0, Ask("actors").Code);
        Assert.Contains("server.display", command.Run("list", "targets", file).Output);
    }

    [Theory]
    [InlineData("machines.server.tenants.artist.count=3", "2 at most")]
    [InlineData("machines.server.tenants.artist.app.width=33", "1 at most")]
    public void A_window_without_a_place_is_refused_before_the_run(string setting, string allowed)
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "run", command.Write("draw.yaml", Text), "--quiet", "--set", setting, "--out",
            command.PathOf("out"));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(" on a display of 64 x 24; allowed: ", errors);
        Assert.EndsWith($"{allowed}\n", errors);
    }

    [Fact]
    public void Check_counts_a_display_in()
    {
        using var command = new CommandRun();
        var file = command.Write("draw.yaml", Text);

        var small = command.Run("check", file, "--quiet");
        var large = command.Run(
            "check", file, "--quiet", "--set", "machines.server.display.width=2048", "--set",
            "machines.server.display.height=1024");

        Assert.Contains("0 virtual functions, a display of 64 x 24\n", small.Output);
        Assert.Contains("a display of 2048 x 1024\n", large.Output);
        Assert.Contains("memory     160 MiB\n", large.Output);
    }

    [Fact]
    public void What_has_no_display_has_no_picture()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);

        var (code, _, errors) = command.Run("inspect", "display", file, "--quiet", "--at", "0us");

        Assert.Equal(2, code);
        Assert.StartsWith($"{file}: no machine has a display; allowed: display: ", errors);
    }

    [Theory]
    [InlineData("exokernel", "yield", "ask, deadline: 50us", "returned")]
    [InlineData("exokernel", "late", "ask, deadline: 50us", "returned-late")]
    [InlineData("exokernel", "ignore", "ask, deadline: 50us", "forced")]
    [InlineData("exokernel", "hostile", "ask, deadline: 50us", "forced")]
    [InlineData("exokernel", "yield", "force", "forced")]
    [InlineData("monolithic", "yield", "ask, deadline: 50us", "not-applicable")]
    public void A_window_is_asked_back_then_taken_and_the_neighbour_draws_on(
        string architecture, string answer, string mode, string outcome)
    {
        var text = Text + $$"""


            inject:
              - at: 200us
                revoke: { target: "server.artist[1]", resource: window, mode: {{mode}} }
            """.ReplaceLineEndings("\n");
        var settings = new[] { $"machines.server.tenants.artist.revocation={answer}" };

        var calm = Run(architecture, Text, settings);
        var result = Run(architecture, text, settings);

        Assert.Equal(outcome, Assert.Single(result.Injections).Outcome);
        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
        Assert.Equal(Each(calm)[0], Each(result)[0]);
        Assert.Equal(outcome != "not-applicable", Each(result)[1] < Each(calm)[1]);
    }

    [Fact]
    public void What_the_shipped_experiment_expects_holds()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "compare", CommandRun.Shipped(Path.Combine("exokernel", "draw.yaml")), "--quiet",
            "--out", command.PathOf("out"));

        Assert.Equal((0, ""), (code, errors));
        Assert.DoesNotContain("fails", output);
    }

    private static string Picture(CommandRun command, string architecture)
    {
        var file = command.Write("draw.yaml", Text);
        var (code, output, errors) = command.Run(
            "inspect", "display", file, "--quiet", "--architecture", architecture);
        Assert.Equal((0, ""), (code, errors));
        return output;
    }

    private static bool IsOfOneColour(string[] pixels) => pixels.Distinct().Count() == 1;

    private static IEnumerable<(int Left, string[] Pixels)> Squares(string[] colours) =>
        from top in new[] { 0, 8, 16 }
        from left in Enumerable.Range(0, 8).Select(column => column * 8)
        select (left, (from y in Enumerable.Range(top, 8)
                       from x in Enumerable.Range(left, 8)
                       select colours[(y * 64) + x]).ToArray());

    private static long[] Each(RunResult result) =>
        [.. result.Groups[0].Each.Select(tenant => tenant.Operations!.Value)];

    private static RunResult Run(string architecture, params string[] settings) =>
        Run(architecture, Text, settings);

    private static RunResult Run(string architecture, string text, string[] settings)
    {
        var experiment = SmallWorld.Read(text, [$"architecture=[{architecture}]", .. settings]);
        return new ArchitectureRun(
            experiment, Architectures.Of(architecture), CostBook.Load(experiment),
            new RunSettings { Quiet = true }, SmallWorld.Silent).Run().Result;
    }
}
