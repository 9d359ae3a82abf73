using Disguise.Host.Experiments.Expectations;
using Disguise.Host.Results;
using Xunit;

namespace Disguise.Host.Tests.Results;

public sealed class ResultPathsSpecs
{
    private static readonly Dictionary<string, IReadOnlyCollection<string>> KnownKeys = new()
    {
        ["crossings_per_operation"] = ["system-call", "interrupt", "upcall", "ipc", "total"],
    };

    private readonly ResultPaths paths =
        new(SampleResult.Make(), SampleResult.Architectures, KnownKeys);

    [Theory]
    [InlineData("virtual_s", 0.021)]
    [InlineData("tenants", 16)]
    [InlineData("arrakis.operations_per_s", 8_550_000)]
    [InlineData("monolithic.crossings_per_operation.system-call", 2)]
    [InlineData("monolithic.crossings_per_operation.total", 2.85)]
    [InlineData("arrakis.groups.echo.operations_per_s", 8_000_000)]
    [InlineData("arrakis.groups[1].operations_per_s", 550_000)]
    [InlineData("arrakis.groups.store.each[1].operations", 10_002)]
    [InlineData("monolithic.referees.packets.violations", 2)]
    [InlineData("arrakis.injections[1].recovered_after_us", 2_003.75)]
    [InlineData("arrakis.series.operations_per_s[1]", 8.6e6)]
    [InlineData("arrakis.cpu_us_per_operation.network-stack", 0.26)]
    [InlineData("arrakis.control_plane.refused.create-filter", 1)]
    public void A_path_leads_to_its_number(string path, double number)
    {
        var found = paths.Find(path);
        Assert.Equal(ResultValueKind.Number, found.Kind);
        Assert.Equal(number, found.Number);
        Assert.Null(found.Explanation);
    }

    [Theory]
    [InlineData("arrakis.crossings_per_operation.system-call")]
    [InlineData("monolithic.packets.dropped.ring-full")]
    [InlineData("monolithic.control_plane.calls.create-vic")]
    public void A_kind_that_did_not_occur_counts_0(string path) =>
        Assert.Equal(0, paths.Find(path).Number);

    [Theory]
    [InlineData("arrakis.offered_per_s")]
    [InlineData("arrakis.series.operations_per_s[3]")]
    [InlineData("arrakis.groups.echo.each[0].latency_us.p99")]
    [InlineData("monolithic.injections[0].recovered_after_us")]
    public void What_was_not_measured_is_no_number(string path)
    {
        var found = paths.Find(path);
        Assert.Equal(ResultValueKind.NotMeasured, found.Kind);
        Assert.Null(found.Number);
        Assert.Contains(path, found.Explanation);
    }

    [Fact]
    public void An_architecture_that_was_not_run_is_told_from_an_unknown_one()
    {
        Assert.Equal(ResultValueKind.RunNotMade, paths.Find("exokernel.latency_us.p50").Kind);
        Assert.Equal(ResultValueKind.Unknown, paths.Find("plan9.latency_us.p50").Kind);
    }

    [Theory]
    [InlineData("arakis.operations", "arrakis")]
    [InlineData("arrakis.operations_per_sec", "operations_per_s")]
    [InlineData("arrakis.latency_us.p9999", "p999")]
    [InlineData("arrakis.groups.eco.operations", "echo")]
    [InlineData("arrakis.crossings_per_operation.sytem-call", "system-call")]
    [InlineData("arrakis.referees.packet.violations", "packets")]
    public void A_misspelt_path_names_the_nearest(string path, string nearest)
    {
        var found = paths.Find(path);
        Assert.Equal(ResultValueKind.Unknown, found.Kind);
        Assert.Contains($"the nearest is '{nearest}'", found.Explanation);
    }

    [Theory]
    [InlineData("arrakis")]
    [InlineData("arrakis.latency_us")]
    [InlineData("arrakis.interface")]
    [InlineData("arrakis.groups.echo.each[2]")]
    [InlineData("arrakis.groups[-1].operations")]
    [InlineData("arrakis..operations")]
    [InlineData("arrakis.operations[0]")]
    [InlineData("arrakis.packets.dropped.Ring Full")]
    [InlineData("arrakis.operations.p99")]
    [InlineData("")]
    public void What_is_no_number_is_unknown_and_says_so_in_one_line(string path)
    {
        var found = paths.Find(path);
        Assert.Equal(ResultValueKind.Unknown, found.Kind);
        Assert.DoesNotContain('\n', found.Explanation!);
    }

    [Fact]
    public void An_expectation_is_checked_against_the_result() =>
        Assert.All(SampleResult.Make().Checks, check => Assert.Equal(
            check.Holds, Expectation.Parse(check.Expect).Check(paths.Find).Holds));

    [Fact]
    public void Before_the_run_a_path_that_can_exist_is_told_from_a_misspelt_one()
    {
        var before = ResultPaths.BeforeTheRun(SampleResult.Architectures, ["echo"], KnownKeys);
        Assert.Equal(
            ResultValueKind.NotMeasured,
            before.Find("microkernel.groups.echo.latency_us.p99").Kind);
        string[] possible =
        [
            "arrakis.crossings_per_operation.ipc",
            "arrakis.packets.dropped.ring-full",
            "arrakis.groups.echo.each[3].operations",
            "arrakis.series.operations_per_s[3]",
            "arrakis.referees.packets.violations",
            "arrakis.injections[0].recovered_after_us",
            "wall_s",
        ];
        Assert.All(possible, path =>
            Assert.NotEqual(ResultValueKind.Unknown, before.Find(path).Kind));
        string[] misspelt =
        [
            "arrakis.crossings_per_operation.sytem-call",
            "arrakis.groups.eco.operations",
            "arrakis.operations_per_sec",
            "wall",
            "arrakis.groups.echo.each[3].operatons",
            "arrakis.injections[0].recoverd_after_us",
            "arrakis.referees.packets.violation",
        ];
        Assert.All(misspelt, path =>
            Assert.Equal(ResultValueKind.Unknown, before.Find(path).Kind));
    }
}
