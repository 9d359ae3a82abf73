using System.Text.Json;
using Disguise.Host.Tests.Runs;

namespace Disguise.Host.Tests.Verbs;

/// <summary>Verbs that show an experiment or the state of its world.</summary>
public sealed class InspectSpecs
{
    [Fact]
    public void Check_says_what_would_run()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "check", CommandRun.First, "--quiet", "--set", "machines.server.nic.vfs=10");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("  tenants    16\n", output);
        Assert.Contains("  islands    2\n", output);
        Assert.Contains("16 tenants a machine, 10 virtual functions, 6 spill", output);
        Assert.False(Directory.Exists(command.PathOf("runs")));
    }

    [Fact]
    public void Actors_are_printed_as_a_tree_that_mirrors_containment()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);

        var all = command.Run("inspect", "actors", file, "--quiet", "--at", "0us");
        var part = command.Run("inspect", "actors", file, "--quiet", "--target", "server.nic");

        Assert.Equal((0, 0), (all.Code, part.Code));
        foreach (var address in new[]
            { "server.nic.vf[1]", "server.core[1]", "server.kernel", "server.echo[1]", "load[3]" })
            Assert.Contains($" {address}  #", all.Output);
        Assert.Contains(" server.nic.vf[1]  #", part.Output);
        Assert.DoesNotContain("server.echo", part.Output);
    }

    [Fact]
    public void Rings_show_what_their_registers_say()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);

        var (code, output, errors) = command.Run(
            "inspect", "rings", file, "--quiet", "--at", "50us", "--target", "server.nic.vf[1]");

        Assert.Equal((0, ""), (code, errors));
        var lines = output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Matches(
            @"^server\.nic\.vf\[1\] receive\[0\] base 0x[0-9a-f]+ descriptors \d+ head \d+ "
                + @"tail \d+$",
            lines[0]);
        Assert.StartsWith("server.nic.vf[1] transmit[0] ", lines[1]);
        var later = command.Run(
            "inspect", "rings", file, "--quiet", "--at", "90us", "--target", "server.nic.vf[1]");
        Assert.NotEqual(output, later.Output);
    }

    [Fact]
    public void A_folder_of_a_run_is_inspected_as_its_experiment()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        command.Whole(file, "--set", "machines.server.tenants.echo.count=1");

        var (code, output, _) = command.Run(
            "inspect", "rings", command.PathOf("run"), "--quiet");

        Assert.Equal(0, code);
        Assert.Contains("server.nic.vf[0]", output);
        Assert.DoesNotContain("server.nic.vf[1]", output);
    }

    [Theory]
    [InlineData("exokernel", "capabilities")]
    [InlineData("exokernel", "bindings")]
    [InlineData("exokernel", "tlb")]
    [InlineData("arrakis", "capabilities")]
    [InlineData("arrakis", "bindings")]
    [InlineData("microkernel", "capabilities")]
    public void What_a_kernel_and_its_cores_hold_is_printed(string architecture, string what)
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);

        var (code, output, errors) = command.Run(
            "inspect", what, file, "--quiet", "--at", "50us", "--architecture", architecture);

        Assert.Equal((0, ""), (code, errors));
        Golden.Check("Verbs", $"inspect-{architecture}-{what}", output);
    }

    [Fact]
    public void The_software_TLB_follows_the_hardwares()
    {
        using var command = new CommandRun();
        var file = CommandRun.Shipped(Path.Combine("exokernel", "memory.yaml"));

        var (code, output, errors) = command.Run(
            "inspect", "tlb", file, "--quiet", "--at", "50ms", "--architecture", "exokernel",
            "--set", "machines.server.tenants.bench.app.operation=dirty");

        Assert.Equal((0, ""), (code, errors));
        Assert.Matches(
            @"core\[0\] tlb\[[\d.]+\] space 1 virtual 0x[0-9a-f]+ physical 0x", output);
        Assert.Matches(
            @"server\.bench stlb\[[\d.]+\] space 1 virtual 0x[0-9a-f]+ physical 0x", output);
    }

    [Theory]
    [InlineData("decstation-5000-125", 0)]
    [InlineData("pentium-pro-200", 4)]
    public void Where_the_card_is_shared_the_rings_are_bound(string platform, int tables)
    {
        using var command = new CommandRun();
        var file = CommandRun.Shipped(Path.Combine("exokernel", "echo.yaml"));
        string Ask(string what) => command.Run(
            "inspect", what, file, "--quiet", "--at", "5ms", "--architecture", "exokernel",
            "--set", $"platform={platform}", "--target", "server.echo[1]").Output;

        var bindings = Ask("bindings").TrimEnd().Split('\n');
        var frames = Ask("capabilities").TrimEnd().Split('\n');

        Assert.Equal(
            "server.echo[1] packets[1] mac 02:00:00:00:00:02 ip 10.0.0.2 port any "
            + "receive-ring 0x104000 transmit-ring 0x104200 receive-filters 1",
            bindings[0]);
        Assert.StartsWith("server.echo[1] slice[1] core 0 ticks ", bindings[1]);
        Assert.StartsWith("server.echo[1] page[260..292] virtual 0x104000 ", bindings[2]);
        Assert.Equal(3, bindings.Length);
        Assert.Equal(tables > 0, frames.Any(line => line.Contains(" use table ")));
    }

    [Fact]
    public void Configuration_space_of_one_function_is_printed_alone()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        string[] Functions(params string[] target) =>
        [
            .. command.Run(["inspect", "pci", file, "--quiet", "--at", "0us", .. target])
                .Output.Split('\n')
                .Where(line => line.Contains(" 0200: ")).Select(line => line.Split(' ')[0]),
        ];

        var all = Functions();

        Assert.Equal(5, all.Length);
        Assert.Equal(all, Functions("--target", "server.nic"));
        Assert.Equal(all, Functions("--target", "server"));
        Assert.Equal([all[2]], Functions("--target", "server.nic.vf[1]"));
    }

    [Fact]
    public void What_has_no_configuration_space_is_refused()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);

        var (code, output, errors) = command.Run(
            "inspect", "pci", file, "--quiet", "--at", "0us", "--target", "server.echo[1]");

        Assert.Equal(
            (2, "", "--target server.echo[1]: has no configuration space; allowed: a machine, "
                + "its nic, one of its virtual functions, its display\n"),
            (code, output, errors));
    }

    [Theory]
    [InlineData("rings", "server.echo[1]", "has no rings")]
    [InlineData("rings", "load[0]", "has no rings")]
    [InlineData("capabilities", "server.core[0]", "has no capabilities")]
    [InlineData("bindings", "server.nic.vf[1]", "has no bindings")]
    [InlineData("tlb", "switch", "has no TLB")]
    [InlineData("display", "server.kernel", "has no display")]
    [InlineData("display", "server", "has no display")]
    public void What_a_subject_does_not_apply_to_is_refused_before_anything_runs(
        string what, string target, string says)
    {
        using var command = new CommandRun();
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();
        var file = command.Write("small.yaml", SmallWorld.Text);
        foreach (var form in new[] { "--quiet", "--json" })
        {
            var (code, output, errors) = command.Run(
                interrupted.Token, "inspect", what, file, "--quiet", form, "--target", target);

            Assert.Equal((2, ""), (code, output));
            Assert.StartsWith($"--target {target}: {says}; allowed: ", errors);
            Assert.Single(errors, letter => letter == '\n');
        }
    }

    [Fact]
    public void Two_architectures_are_refused_and_one_is_shown()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        string[] common = ["inspect", "rings", file, "--quiet", "--at", "0us", "--architecture"];

        Assert.Equal(0, command.Run([.. common, "exokernel"]).Code);
        Assert.Equal(
            (2, "", "--architecture arrakis,exokernel: inspect shows one; allowed: arrakis, or "
                + "exokernel\n"),
            command.Run([.. common, "arrakis,exokernel"]));
    }

    [Fact]
    public void An_interruption_says_how_far_it_came()
    {
        using var command = new CommandRun();
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();

        var (code, output, errors) = command.Run(
            interrupted.Token, "inspect", "actors",
            command.Write("small.yaml", SmallWorld.Text), "--quiet");

        Assert.Equal((130, ""), (code, output));
        Assert.Matches(@"^inspect: interrupted at a virtual time of [\d.]+ \w+\n$", errors);
    }

    [Theory]
    [InlineData("monolithic", "xeon-e5-2430-x520", "extaris")]
    [InlineData("microkernel", "xeon-e5-2430-x520", "extaris")]
    [InlineData("exokernel", "decstation-5000-125", "aegis-exos")]
    public void Where_the_card_is_shared_its_own_rings_are_shown(
        string architecture, string platform, string profile)
    {
        using var command = new CommandRun();
        var file = command.Write(
            "small.yaml",
            SmallWorld.Text.Replace("    nic: { vfs: 4 }\n", "", StringComparison.Ordinal));

        var (code, output, errors) = command.Run(
            "inspect", "rings", file, "--quiet", "--architecture", architecture, "--set",
            $"platform={platform}", "--set", $"profile={profile}", "--target", "server.nic");

        Assert.Equal((0, ""), (code, errors));
        Assert.Matches(@"(?m)^server\.nic\.pf receive\[0\] base 0x[0-9a-f]+ ", output);
        Assert.Matches(@"(?m)^server\.nic\.pf transmit\[0\] base 0x[0-9a-f]+ ", output);
    }

    [Theory]
    [InlineData("monolithic", "capabilities")]
    [InlineData("monolithic", "bindings")]
    [InlineData("microkernel", "bindings")]
    public void What_a_kernel_does_not_keep_is_said_beside_the_output(
        string architecture, string what)
    {
        using var command = new CommandRun();
        string[] common =
        [
            "inspect", what, command.Write("small.yaml", SmallWorld.Text), "--quiet", "--at",
            "0us", "--architecture", architecture,
        ];
        var says = $"server has no {what}: {architecture} keeps none\n";

        Assert.Equal((0, "", says), command.Run(common));
        var (code, output, errors) = command.Run([.. common, "--json"]);
        Assert.Equal((0, says), (code, errors));
        using var document = JsonDocument.Parse(output);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty(what).ValueKind);
    }

    [Fact]
    public void A_number_that_is_not_there_is_a_word_in_print_and_null_for_programs()
    {
        using var command = new CommandRun();
        string[] common =
        [
            "inspect", "bindings", CommandRun.Shipped(Path.Combine("exokernel", "echo.yaml")),
            "--quiet", "--at", "1ms", "--architecture", "exokernel", "--target",
            "server.echo[1]",
        ];

        Assert.Contains(" port any ", command.Run(common).Output);
        using var document = JsonDocument.Parse(command.Run([.. common, "--json"]).Output);
        var packets = document.RootElement.GetProperty("bindings")[0];
        Assert.Equal("packets", packets.GetProperty("entry").GetString());
        Assert.Equal(JsonValueKind.Null, packets.GetProperty("port").ValueKind);
        Assert.Equal(1, packets.GetProperty("receive_filters").GetInt64());
    }

    [Fact]
    public void One_tenant_and_numbers_for_programs()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);

        var (code, output, _) = command.Run(
            "inspect", "bindings", file, "--quiet", "--at", "50us", "--architecture",
            "exokernel", "--target", "server.echo[1]", "--json");

        Assert.Equal(0, code);
        using var document = JsonDocument.Parse(output);
        var bindings = document.RootElement.GetProperty("bindings").EnumerateArray().ToList();
        Assert.All(bindings, binding => Assert.Equal(
            "server.echo[1]", binding.GetProperty("address").GetString()));
        Assert.Equal("network", bindings[0].GetProperty("entry").GetString());
        Assert.Equal(1, bindings[0].GetProperty("number").GetInt64());
        var page = bindings.First(binding =>
            binding.GetProperty("entry").GetString() == "page");
        Assert.Equal(0x104000, page.GetProperty("virtual").GetInt64());
    }

    [Fact]
    public void Cores_have_addresses_too()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);

        var (_, output, _) = command.Run(
            "inspect", "tlb", file, "--quiet", "--at", "50us", "--target", "server.core[1]");

        Assert.All(
            output.TrimEnd().Split('\n'),
            line => Assert.StartsWith("server.core[1] tlb[", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_past_the_end_is_refused()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        Assert.Equal(0, command.Run("inspect", "rings", file, "--at", "200us", "--quiet").Code);
        var (code, output, errors) = command.Run(
            "inspect", "rings", file, "--at", "201us", "--quiet");
        Assert.Equal(
            (2, "", "--at 201 us: is past the end; allowed: a time up to the duration, 200 us\n"),
            (code, output, errors));
    }

    [Fact]
    public void What_cannot_be_inspected_yet_is_one_line()
    {
        using var command = new CommandRun();
        var (code, _, errors) = command.Run(
            "inspect", "journal", command.Write("small.yaml", SmallWorld.Text));
        Assert.Equal((2, 1), (code, errors.Count(letter => letter == '\n')));
    }
}
