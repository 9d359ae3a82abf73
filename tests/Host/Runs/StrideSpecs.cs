using System.Text.Json;
using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Host.Composition;
using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.ExOS.Stride;
using Disguise.LibOS.Waiting;
using Disguise.Specification.Worlds;

namespace Disguise.Host.Tests.Runs;

/// <summary>A scheduler that is an application, on a whole machine (SOSP 1995, figure 3).
/// </summary>
public sealed class StrideSpecs
{
    private static readonly string File = CommandRun.Shipped("exokernel/stride-shares.yaml");

    [Fact]
    public void Three_environments_get_their_shares_over_a_hundred_quanta()
    {
        var runs = Runs(["--architecture", "exokernel,monolithic"]);
        var exokernel = Operations(runs[0]);
        var all = exokernel.Values.Sum();
        Assert.InRange(exokernel["three"] / all, 0.49, 0.51);
        Assert.InRange(exokernel["two"] / all, 0.323, 0.343);
        Assert.InRange(exokernel["one"] / all, 0.157, 0.177);
        // Nearly all of the core is theirs: the scheduler chooses and yields, once a quantum.
        Assert.InRange(all * 100e-6 / 8, 0.999, 1);

        var monolithic = Operations(runs[1]);
        Assert.InRange(monolithic["three"] / monolithic["one"], 0.95, 1.05);
    }

    [Fact]
    public void On_the_machine_of_the_figure_they_get_them_too()
    {
        using var command = new CommandRun();
        var operations = Operations(command.Result(CommandRun.Shipped("exokernel/stride.yaml")));
        var all = operations.Values.Sum();
        Assert.InRange(operations["three"] / all, 0.49, 0.51);
        Assert.InRange(operations["two"] / all, 0.32, 0.345);
        // Of 0.1 ms each: the core is theirs but for a choice a quantum.
        Assert.InRange(all * 100e-6 / 8, 0.999, 1.001);
    }

    [Fact]
    public void Who_keeps_its_slices_is_not_the_schedulers_client()
    {
        var runs = Runs(
            ["--architecture", "exokernel", "--set", "expect=[]", "--set", "duration=4s",
                "--set", "machines.server.tenants.scheduler.app.shares=3:1",
                "--set", "machines.server.tenants.two.app.slices=keep"]);
        var operations = Operations(runs[0]);
        // Every other slice is its own; the scheduler shares out the rest.
        var all = operations.Values.Sum();
        Assert.InRange(operations["two"] / all, 0.48, 0.52);
        Assert.InRange(operations["three"] / operations["one"], 2.7, 3.3);
    }

    [Fact]
    public void Clients_are_found_behind_the_number_of_an_environment_that_has_ended()
    {
        int three = 0, one = 0;
        var core = new CorePlacement(CorePlacementKind.Pinned, 0);
        PlannedTenant Pinned(string name, IApplication application) =>
            new(name, application) { Placement = core };
        ProgramOfTest Client(Action done) => new(async host =>
        {
            await host.Processor!.GiveSlicesBack();
            while (true)
            {
                host.Work(Picoseconds.PerMillisecond);
                await host.Settle();
                done();
            }
        });
        using var world = new SpecificationWorld(new WorldPlan
        {
            Architecture = Architectures.Of("exokernel"),
            Platform = "xeon-e5-2430-x520",
            Profile = "extaris",
            Interface = TenantInterface.Native,
            Wait = WaitPolicy.Doorbell,
            Guards = Guards.All,
            Tenants =
            [
                Pinned("gone", new ProgramOfTest(_ => new(0))),
                Pinned("scheduler", new StrideProgram("3:1")),
                Pinned("three", Client(() => three++)),
                Pinned("one", Client(() => one++)),
            ],
        });
        world.Run(4 * Picoseconds.PerSecond);
        Assert.InRange((double)three / one, 2.7, 3.3);
    }

    private static List<JsonElement> Runs(string[] settings)
    {
        using var command = new CommandRun();
        return [.. command.Whole(File, settings).GetProperty("runs").EnumerateArray()];
    }

    private static Dictionary<string, double> Operations(JsonElement run) =>
        run.GetProperty("groups").EnumerateArray()
            .Where(group => group.GetProperty("name").GetString() != "scheduler")
            .ToDictionary(
                group => group.GetProperty("name").GetString()!,
                group => group.GetProperty("operations").GetDouble());
}
