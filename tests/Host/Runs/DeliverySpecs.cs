using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;

namespace Disguise.Host.Tests.Runs;

/// <summary>Nothing crosses by method call: what was delivered is what the trace has.</summary>
public sealed class DeliverySpecs
{
    /// <summary>Messages that stay inside one component, all that a run may have.</summary>
    private static readonly string[] Internals =
    [
        "ContextResume", "Deadline", "DescriptorsFetched", "FunctionEvent", "FunctionsChanged",
        "KernelAttached", "NicEvent", "PipelineEvent", "RequestDue", "Start", "Terminated",
        "TimerExpired", "TransmitDone",
    ];

    [Theory]
    [InlineData("own", "poll")]
    [InlineData("shared", "doorbell")]
    public void Deliveries_are_the_crossings_of_the_trace_and_listed_internal_messages(
        string core, string wait)
    {
        var experiment = SmallWorld.Read(
            SmallWorld.Text + "\n" + """
            inject:
              - { at: 50us, revoke: { target: "server.echo[0]", resource: network } }
              - { at: 60us, fault: { target: "server.nic.vf[1]", kind: link-down, for: 20us } }
            """,
            $"machines.server.tenants.echo.core={core}",
            $"machines.server.tenants.echo.wait={wait}");
        var world = Composition.WorldBuilder.Build(
            experiment, Composition.Architectures.Of("arrakis"),
            SmallWorld.OptionsOf(experiment));
        using (world)
        {
            var counts = world.Emulation.Islands.Select(island =>
            {
                var count = new Count();
                island.Observer = count;
                return count;
            }).ToList();
            var phases = new Running.RunPhases(world, new Running.ProgressLine(
                "test", world.Emulation, 0, SmallWorld.Silent, true));
            Assert.True(phases.SetUp());
            new Running.Injections(world).Schedule(phases.MeasureStartPs);
            phases.RunUntil(phases.MeasureEndPs);

            var internals = new SortedSet<string>(StringComparer.Ordinal);
            for (var index = 0; index < counts.Count; index++)
            {
                var deliveries = world.Emulation.Islands[index].Deliveries;
                Assert.True(counts[index].Crossings > 100);
                Assert.Equal(deliveries.AllCrossings, counts[index].Crossings);
                Assert.Equal(
                    deliveries.Total,
                    counts[index].Crossings + deliveries.Internals.Sum(one => one.Count));
                internals.UnionWith(deliveries.Internals.Select(one => one.Name));
            }

            Assert.Empty(internals.Except(Internals));
        }
    }

    private sealed class Count : ICrossingObserver
    {
        public long Crossings { get; private set; }

        public void Crossed(
            in Crossing crossing, CrossingMessage message, IslandActorRef to, long word) =>
            Crossings++;
    }
}
