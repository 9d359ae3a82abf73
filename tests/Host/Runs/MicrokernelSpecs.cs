using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Explaining;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>Whole machines whose driver and network stack are servers.</summary>
public sealed class MicrokernelSpecs
{
    [Theory]
    [InlineData("own", 1)]
    [InlineData("own", 8)]
    [InlineData("shared", 2)]
    public void Tenants_are_served_by_messages_and_no_referee_finds_anything(
        string core, int outstanding)
    {
        var result = Run(
            1, SmallWorld.Text, $"machines.server.tenants.echo.core={core}",
            $"clients.load.app.outstanding={outstanding}").Result;

        Assert.InRange(result.Operations!.Value, 20, long.MaxValue);
        Assert.True(result.KernelMessagesOnDataPath > result.Operations);
        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
    }

    [Theory]
    [InlineData("own", 1)]
    [InlineData("own", 4)]
    [InlineData("shared", 3)]
    public void The_steps_of_a_request_add_up_to_the_picosecond(string core, int outstanding)
    {
        var experiment = Read(
            SmallWorld.Text, $"machines.server.tenants.echo.core={core}",
            $"clients.load.app.outstanding={outstanding}");
        foreach (var request in new[] { 1, 5 })
        {
            var explained = new ExplainRun(
                experiment, Architectures.Of("microkernel"), CostBook.Load(experiment),
                new Thing(ThingKind.Client, 0, 0, 0, 0), request).Explain(SmallWorld.Silent);

            var path = explained.Steps.Where(step => step.OnCriticalPath).ToList();
            Assert.Equal(explained.LatencyPs, path.Sum(step => step.DurationPs));
            Assert.Contains(path, step => step.What == "address-space-switch");
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
    public void A_tenant_whose_network_is_revoked_is_served_no_more_and_its_neighbour_goes_on()
    {
        var text = SmallWorld.Text + "\n" + """
            inject:
              - { at: 20us, revoke: { target: "server.echo[1]", resource: network } }
            """;
        string[] settings = ["clients.load.count=2", "duration=400us"];
        var before = Run(1, SmallWorld.Text, settings).Result;
        var after = Run(1, text, settings).Result;

        var share = (double)after.Operations!.Value / before.Operations!.Value;
        Assert.InRange(share, 0.5, 0.6);
        Assert.All(after.Referees, referee => Assert.Equal(0, referee.Violations));
    }

    private static Experiment Read(string text, params string[] settings) => SmallWorld.Read(
        text, ["architecture=[microkernel]", .. settings]);

    private static RunOutcome Run(int threads, string text, params string[] settings)
    {
        var experiment = Read(text, settings);
        return new ArchitectureRun(
            experiment, Architectures.Of("microkernel"), CostBook.Load(experiment),
            new RunSettings { Quiet = true, Threads = threads }, SmallWorld.Silent).Run();
    }
}
