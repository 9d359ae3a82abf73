using Disguise.Actors.Ledgers;
using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Explaining;
using Disguise.Host.Reports;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>
/// No result is in the code: what one primitive costs moves the latency of an unloaded echo by
/// its count on the path, and with it the throughput; what does not stand there moves nothing.
/// </summary>
public sealed class PrimitiveSpecs
{
    private const long AddedPs = 10 * Picoseconds.PerNanosecond;

    private static readonly string[] OneTenant =
    [
        "machines.server.tenants.echo.count=1", "clients.load.count=1",
    ];

    // A request each 50 us: the one before has left every queue, and no interrupt is held back.
    private static readonly string Unloaded =
        SmallWorld.Text.Replace("outstanding: 2", "rate: 20000/s, arrivals: even");

    public static TheoryData<string, string> Ways()
    {
        var ways = new TheoryData<string, string>();
        foreach (var architecture in Architectures.All)
        {
            foreach (var known in architecture.Interfaces)
                ways.Add(architecture.Name, known.ToString().ToLowerInvariant());
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Ten_nanoseconds_more_move_the_latency_by_ten_times_the_count(
        string architecture, string known)
    {
        var experiment = Read(architecture, known, Unloaded, []);
        var costs = CostBook.Load(experiment);
        var before = Explain(experiment, architecture, costs);
        var onPath = 0;
        foreach (var key in costs.Keys)
        {
            var costPs = costs.Table.Of(key);
            var spentPs = before.Steps
                .Where(step => step.OnCriticalPath && step.What == key.Name)
                .Sum(step => step.DurationPs);
            if (costPs == 0)
                continue;
            Assert.Equal(0, spentPs % costPs);
            var count = spentPs / costPs;
            var after = Explain(experiment, architecture, Add(costs, key));

            Assert.True(
                WithoutPolling(before) + (AddedPs * count) == WithoutPolling(after),
                $"{key}: {count} on the path, {WithoutPolling(before)} became "
                + $"{WithoutPolling(after)} ps");
            onPath += count > 0 ? 1 : 0;
        }

        Assert.InRange(onPath, 8, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void And_throughput_falls_with_every_primitive_on_the_path(
        string architecture, string known)
    {
        // Long enough that ten nanoseconds in each request are a request at the end.
        string[] closed =
            ["clients.load.app.outstanding=1", "duration=12ms", "platform.poll-step=1ps"];
        var experiment = Read(architecture, known, SmallWorld.Text, closed);
        var costs = CostBook.Load(experiment);
        var path = Explain(experiment, architecture, costs).Steps
            .Where(step => step.OnCriticalPath && step.DurationPs > 0)
            .Select(step => step.What).ToHashSet();
        var before = Rate(experiment, architecture, costs);
        foreach (var key in costs.Keys.Where(key => path.Contains(key.Name)))
        {
            var after = Rate(experiment, architecture, Add(costs, key));
            Assert.True(after < before, $"{key}: {before} became {after} operations/s");
        }
    }

    private static Experiment Read(
        string architecture, string known, string text, string[] settings) =>
        SmallWorld.Read(
            text,
            [
                $"architecture=[{architecture}]", $"machines.server.tenants.echo.interface={known}",
                .. OneTenant, .. settings,
            ]);

    private static CostBook Add(CostBook costs, CostKey key) => costs.With(
        new Dictionary<CostKey, long> { [key] = costs.Table.Of(key) + AddedPs });

    private static ExplainedRequest Explain(
        Experiment experiment, string architecture, CostBook costs) => new ExplainRun(
            experiment, Architectures.Of(architecture), costs,
            new Thing(ThingKind.Client, 0, 0, 0, 0), 1).Explain(SmallWorld.Silent);

    /// <summary>A poll sees a write at its next turn, wherever in the turn it came.</summary>
    private static long WithoutPolling(ExplainedRequest request) => request.LatencyPs
        - request.Steps.Where(step => step.OnCriticalPath && step.What == "poll")
            .Sum(step => step.DurationPs);

    private static double Rate(Experiment experiment, string architecture, CostBook costs) =>
        new ArchitectureRun(
            experiment, Architectures.Of(architecture), costs, new RunSettings { Quiet = true },
            SmallWorld.Silent).Run().Result.OperationsPerSecond!.Value;
}
