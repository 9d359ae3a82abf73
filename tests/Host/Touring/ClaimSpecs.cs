using System.Text.Json;
using Disguise.Host.Experiments;
using Disguise.Host.Tests.Runs;
using Disguise.Host.Touring;

namespace Disguise.Host.Tests.Touring;

/// <summary>The essay's claims, and the verb that shows them.</summary>
public sealed class ClaimSpecs
{
    [Fact]
    public void There_are_thirteen_claims_and_each_experiment_belongs_to_one()
    {
        Assert.Equal(Enumerable.Range(1, 13), ClaimCatalog.All.Select(claim => claim.Number));
        Assert.Equal(
            ShippedFiles.Names.Where(name => name.StartsWith("experiments/claims/")),
            ClaimCatalog.All.Select(claim => claim.Experiment).OfType<string>());
        Assert.NotNull(ClaimCatalog.All[0].Experiment);
        Assert.NotNull(ClaimCatalog.All[1].Experiment);
    }

    [Fact]
    public void An_experiment_of_a_claim_has_expectations_and_runs_by_itself()
    {
        foreach (var claim in ClaimCatalog.All.Where(claim => claim.Experiment is not null))
        {
            var experiment = ExperimentReader.ReadText(
                claim.Experiment!, ShippedFiles.TextOf(claim.Experiment!));

            Assert.NotEmpty(experiment.Expectations);
            Assert.NotEmpty(experiment.Architectures);
            Assert.StartsWith($"claim-{claim.Number}-", experiment.Name);
        }
    }

    [Theory]
    [InlineData("14", "tour 14: no claim of that number; allowed: 1 to 13\n")]
    [InlineData("one", "tour one: no claim of that number; allowed: 1 to 13\n")]
    [InlineData("13", "tour 13: the claim's experiment is not built yet; allowed: ")]
    public void A_claim_that_cannot_be_shown_is_one_line_and_exit_code_2(
        string number, string says)
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run("tour", number);

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(says, errors);
        Assert.Single(errors, letter => letter == '\n');
    }

    [Fact]
    public void A_claim_is_shown_with_its_crossings_and_both_sides_of_what_it_expects()
    {
        using var command = new CommandRun();
        var (code, output, errors) = command.Run(
            "tour", "2", "--quiet", "--out", command.PathOf("tour"));
        var lines = output.TrimEnd('\n').Split('\n');

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("2   In Arrakis as in the Exokernel", lines[0]);
        Assert.Contains("    crossings/operation                         0", lines);
        Assert.Contains("    kernel messages, data path                  0", lines);
        Assert.Contains("    dropped: spoofed-source                   500", lines);
        Assert.Contains("    refused by the iommu                      500", lines);
        Assert.Contains("    holds        arrakis.kernel_messages_on_data_path == 0", lines);
        Assert.Contains("                 left 0, right 0", lines);
        Assert.Equal("1 of 1 claims hold", lines[^1]);
        Assert.All(
            lines.Where(line => !line.StartsWith("    report ")),
            line => Assert.InRange(line.Length, 0, 100));
        Assert.True(File.Exists(
            command.PathOf("tour", "claim-2-safe-direct-access", "report.html")));
    }

    [Fact]
    public void A_claim_that_does_not_hold_is_shown_as_failed_and_is_exit_code_1()
    {
        using var command = new CommandRun();
        var (code, output, _) = command.Run(
            "tour", "2", "--quiet", "--json", "--out", command.PathOf("tour"),
            "--set", "machines.attacked.tenants.rogue.app.kind=udp-echo");

        Assert.Equal(1, code);
        using var document = JsonDocument.Parse(output);
        var claim = document.RootElement.GetProperty("claims")[0];
        Assert.Equal(2, claim.GetProperty("number").GetInt32());
        Assert.False(claim.GetProperty("holds").GetBoolean());
        var checks = claim.GetProperty("result").GetProperty("checks").EnumerateArray();
        var failed = checks.Where(check => !check.GetProperty("holds").GetBoolean())
            .Select(check => check.GetProperty("expect").GetString())
            .ToList();
        Assert.Contains("arrakis.packets.dropped.spoofed-source >= 499", failed);
        Assert.DoesNotContain("arrakis.kernel_messages_on_data_path == 0", failed);
    }

    [Fact]
    public void An_interruption_is_exit_code_130()
    {
        using var command = new CommandRun();
        using var interrupted = new CancellationTokenSource();
        interrupted.Cancel();

        var (code, output, _) = command.Run(
            interrupted.Token, "tour", "--quiet", "--out", command.PathOf("tour"));

        Assert.Equal(130, code);
        Assert.EndsWith("0 of 0 claims hold\n", output);
    }
}
