using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Host.Composition;
using Disguise.Host.Running;
using Disguise.Host.Tests.Runs;

namespace Disguise.Host.Tests.Touring;

/// <summary>What refuses the hostile tenant, with and without the guard that does.</summary>
public sealed class RogueSpecs
{
    private const string Text = """
        name: rogue
        seed: 1
        duration: 1ms
        architecture: [arrakis]
        machines:
          - name: server
            cores: 2
            nic: { vfs: 2 }
            tenants:
              - { name: rogue, app: { kind: rogue }, core: own, wait: poll }
              - { name: victim, app: { kind: udp-echo }, core: own, wait: poll }
        clients:
          - name: load
            count: 1
            app: { kind: udp-load, target: rogue, rate: 100000/s, arrivals: even }
        """;

    [Fact]
    public void Every_attempt_is_refused_by_what_guards_it()
    {
        var (spoofed, unexpected, processors, devices) = Attack(Guards.All);

        Assert.Equal((25, 0, 50, 25), (spoofed, unexpected, processors, devices));
    }

    [Fact]
    public void Without_the_transmit_filter_frames_go_out_in_another_s_name()
    {
        var (spoofed, unexpected, processors, devices) =
            Attack(Guards.AllBut(NicGuards.TransmitFilter));

        Assert.Equal((0, 25, 50, 25), (spoofed, unexpected, processors, devices));
    }

    [Fact]
    public void Without_page_protection_nothing_of_memory_is_out_of_reach()
    {
        var (_, _, processors, devices) = Attack(Guards.AllBut(MemoryGuards.PageProtection));

        Assert.Equal((0, 25), (processors, devices));
    }

    [Theory]
    [InlineData("native", 25)]
    [InlineData("posix", 75)]
    public void It_answers_whatever_it_does_not_use_for_an_attempt(string kind, long answers)
    {
        var outcome = SmallWorld.Run(SmallWorld.Read(
            Text, $"machines.server.tenants.rogue.interface={kind}"));

        Assert.Equal(answers, outcome.Result.Operations);
        Assert.Equal(50, outcome.Result.AccessFaults!["mmu"]);
    }

    private static (long Spoofed, long Unexpected, long Processors, long Devices) Attack(
        Guards guards)
    {
        var experiment = SmallWorld.Read(Text);
        var (world, phases) = SmallWorld.SetUp(
            experiment, SmallWorld.OptionsOf(experiment) with { Guards = guards });
        using (world)
        {
            var before = new Snapshot(world);
            Assert.True(phases.RunUntil(phases.MeasureEndPs));
            var after = new Snapshot(world);
            after.DroppedSince(before).TryGetValue(NicDrops.SpoofedSource.Name, out var spoofed);
            return (
                spoofed, world.Clients[0].Load!.Counters.Unexpected,
                after.ProcessorFaults - before.ProcessorFaults,
                after.DeviceFaults - before.DeviceFaults);
        }
    }
}
