using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Explaining;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>Whole machines whose tenants are environments.</summary>
public sealed class ExokernelSpecs
{
    public static TheoryData<string, string, string, int> Ways()
    {
        var ways = new TheoryData<string, string, string, int>();
        foreach (var known in new[] { "native", "posix" })
        {
            foreach (var wait in new[] { "poll", "doorbell", "adaptive(5us)" })
            {
                ways.Add(known, wait, "own", 1);
                ways.Add(known, wait, "own", 4);
                ways.Add(known, wait, "shared", 3);
                if (wait != "poll")
                    ways.Add(known, wait, "0", 2);
            }
        }

        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_steps_of_a_request_add_up_and_the_kernel_sees_no_packet(
        string known, string wait, string core, int outstanding)
    {
        string[] settings =
        [
            $"machines.server.tenants.echo.interface={known}",
            $"machines.server.tenants.echo.wait={wait}",
            $"machines.server.tenants.echo.core={core}",
            $"clients.load.app.outstanding={outstanding}",
        ];
        var result = Run(1, SmallWorld.Text, settings).Result;

        Assert.InRange(result.Operations!.Value, 20, long.MaxValue);
        Assert.Equal(0, result.KernelMessagesOnDataPath);
        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
        var experiment = Read(SmallWorld.Text, settings);
        foreach (var request in new[] { 1, 5 })
        {
            var explained = new ExplainRun(
                experiment, Architectures.Of("exokernel"), CostBook.Load(experiment),
                new Thing(ThingKind.Client, 0, 0, 0, 0), request).Explain(SmallWorld.Silent);
            var path = explained.Steps.Where(step => step.OnCriticalPath).ToList();
            Assert.Equal(explained.LatencyPs, path.Sum(step => step.DurationPs));
        }
    }

    [Fact]
    public void Two_threads_of_the_emulator_give_the_hash_of_one()
    {
        string[] settings =
            ["machines.server.count=3", "clients.load.count=6", "network.loss=0.01"];

        Assert.Equal(
            Run(1, SmallWorld.Text, settings).Result.Hash,
            Run(2, SmallWorld.Text, settings).Result.Hash);
    }

    [Fact]
    public void Environments_that_share_a_core_and_never_sleep_have_its_time_slice_by_slice()
    {
        string[] settings =
        [
            "machines.server.cores=1", "machines.server.tenants.echo.core=shared",
            "machines.server.tenants.echo.count=2", "clients.load.count=2", "duration=400ms",
        ];
        var result = Run(1, SmallWorld.Text, settings).Result;

        var each = result.Groups.Single(group => group.Tenants == 2).Each;
        Assert.All(each, tenant => Assert.InRange(tenant.Operations!.Value, 1_000, 1_000_000));
        Assert.InRange(
            (double)each[0].Operations!.Value / each[1].Operations!.Value, 0.5, 2);
        Assert.InRange(result.SchedulerMessages!.Value, 6, 100);
        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
    }

    private static Experiment Read(string text, params string[] settings) => SmallWorld.Read(
        text, ["architecture=[exokernel]", .. settings]);

    private static RunOutcome Run(int threads, string text, params string[] settings) =>
        new ArchitectureRun(
            Read(text, settings), Architectures.Of("exokernel"),
            CostBook.Load(Read(text, settings)),
            new RunSettings { Quiet = true, Threads = threads }, SmallWorld.Silent).Run();
}
