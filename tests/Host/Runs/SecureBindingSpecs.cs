using Disguise.Host.Composition;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>What secure bindings are checked for, once, and how often they are used.</summary>
public sealed class SecureBindingSpecs
{
    [Fact]
    public void A_way_to_the_network_is_checked_once_for_each_tenant_and_used_for_each_frame()
    {
        var counts = Run("exokernel").SecureBindings!;

        Assert.Equal(2, counts["network-bind-checks"]);
        Assert.True(counts["network-uses"] > 100);
    }

    [Fact]
    public void Twice_the_load_uses_more_and_checks_no_more()
    {
        var once = Run("exokernel").SecureBindings!;
        var twice = Run("exokernel", "duration=400us").SecureBindings!;

        Assert.Equal(once["network-bind-checks"], twice["network-bind-checks"]);
        Assert.Equal(once["page-bind-checks"], twice["page-bind-checks"]);
        Assert.True(twice["network-uses"] > once["network-uses"]);
    }

    [Theory]
    [InlineData("arrakis")]
    [InlineData("monolithic")]
    [InlineData("microkernel")]
    public void Where_there_are_none_nothing_is_counted(string architecture) =>
        Assert.Null(Run(architecture).SecureBindings);

    [Fact]
    public void The_rates_of_groups_add_up_to_that_of_all()
    {
        var text = SmallWorld.Text.Replace(
            "clients:",
            """
                  - name: second
                    app: { kind: udp-echo, port: 7 }
            clients:
              - name: other
                count: 1
                app: { kind: udp-load, target: second, payload: 64, outstanding: 1 }
            """.ReplaceLineEndings("\n"), StringComparison.Ordinal)
            .Replace("cores: 2", "cores: 3", StringComparison.Ordinal);
        var series = Run("arrakis", text, "interval=50us").Series;

        var all = series["operations_per_s"];
        Assert.Equal(4, all.Count);
        Assert.All(Enumerable.Range(0, all.Count), interval => Assert.Equal(
            all[interval]!.Value,
            series[RunResult.GroupSeriesPrefix + "echo"][interval]!.Value
                + series[RunResult.GroupSeriesPrefix + "second"][interval]!.Value, 1e-3));
    }

    private static RunResult Run(string architecture) => Run(architecture, "duration=200us");

    private static RunResult Run(string architecture, string setting) =>
        Run(architecture, SmallWorld.Text, setting);

    private static RunResult Run(string architecture, string text, params string[] settings)
    {
        var experiment = SmallWorld.Read(text, [$"architecture=[{architecture}]", .. settings]);
        return new ArchitectureRun(
            experiment, Architectures.Of(architecture), CostBook.Load(experiment),
            new RunSettings { Quiet = true }, SmallWorld.Silent).Run().Result;
    }
}
