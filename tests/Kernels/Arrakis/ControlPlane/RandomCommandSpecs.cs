using CsCheck;
using Disguise.Actors.Faults;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Xunit;

namespace Disguise.Kernels.Tests.Arrakis.ControlPlane;

public sealed class RandomCommandSpecs
{
    private static readonly ControlPlaneOptions Small = new()
    {
        FirstFrame = 7,
        FrameCount = 60,
        Containers = 4,
        Capabilities = 60,
        CapabilitiesPerContainer = 20,
        DomainsPerContainer = 3,
        MappingsPerDomain = 4,
        FiltersPerContainer = 5,
        FiltersPerCard = 3,
        Networks =
        [
            new NetworkOptions
            {
                VirtualFunctions = 3, SoftwareCards = 2, ReceivePredicates = 12, ReceiveMasks = 3,
            },
        ],
    };

    private static readonly Gen<(int Kind, int A, int B, int C)[]> SomeSteps =
        Gen.Select(Gen.Int[0, 23], Gen.Int[0, 99], Gen.Int[0, 99], Gen.Int[0, 99])
            .Array[1, 150];

    [Fact]
    public void Whatever_is_asked_the_kernels_promises_hold() =>
        SomeSteps.Sample(steps => Run(steps), iter: 1000);

    [Fact]
    public void They_hold_while_the_guards_are_off_too() => SomeSteps.Sample(
        steps => Run(steps, CapabilityGuards.Handle, FilterOwnership.Guard), iter: 1000);

    [Fact]
    public void Random_commands_are_accepted_often_enough_to_mean_something()
    {
        var accepted = new SortedSet<string>(StringComparer.Ordinal);
        var gate = new object();
        SomeSteps.Sample(
            steps =>
            {
                TestMachine machine = Run(steps);
                lock (gate)
                {
                    accepted.UnionWith(machine.Journal.Select(@event => @event.GetType().Name));
                }
            },
            iter: 1000);
        IEnumerable<string> kinds = typeof(ControlEvent).GetNestedTypes().Select(type => type.Name);
        Assert.Empty(kinds.Except(accepted));
    }

    private static TestMachine Run(
        (int Kind, int A, int B, int C)[] steps, params Guard[] guardsOff)
    {
        var machine = new TestMachine(Small, guardsOff);
        var commands = new RandomCommands(machine);
        foreach ((int kind, int a, int b, int c) in steps)
        {
            ulong before = machine.Kernel.Digest;
            Decision decision = machine.Do(commands.Next(kind, a, b, c));
            Assert.True(decision.Events.Count > 0 || machine.Kernel.Digest == before);
            commands.Learn(decision);
            CheckPromises(machine, isGuarded: guardsOff.Length == 0);
        }

        ArrakisControlPlane replayed = machine.Fresh();
        machine.Journal.ForEach(replayed.Apply);
        Assert.Equal(machine.Kernel.Digest, replayed.Digest);
        foreach (ContainerId container in machine.Kernel.Containers().ToArray())
        {
            machine.Accept(new Command.DestroyContainer(ContainerId.Operator, container));
        }

        Assert.Single(machine.Kernel.Capabilities);
        Assert.Empty(machine.Kernel.Cards());
        Assert.Empty(machine.Kernel.Mappings());
        Assert.Empty(machine.Attached);
        Assert.Equal(Small.FrameCount, machine.Kernel.FreeFrames);
        Assert.Equal(0, machine.Nic.Count);
        return machine;
    }

    private static void CheckPromises(TestMachine machine, bool isGuarded)
    {
        var owned = new HashSet<long>();
        foreach (MemoryExtent extent in machine.Kernel.Extents())
        {
            for (long frame = extent.FirstFrame; frame < extent.FirstFrame + extent.Pages; frame++)
            {
                Assert.True(owned.Add(frame), $"frame {frame} has two owners");
                Assert.InRange(frame, Small.FirstFrame, Small.FirstFrame + Small.FrameCount - 1);
            }
        }

        Assert.Equal(Small.FrameCount - owned.Count, machine.Kernel.FreeFrames);
        Dictionary<int, Capability> live =
            machine.Kernel.Capabilities.ToDictionary(capability => capability.Slot);
        foreach (Capability capability in live.Values)
        {
            Assert.True(capability.IsParentLive);
            Assert.Equal(capability.Parent >= 0, capability.Slot != CapabilityTable.Root);
            Assert.True(capability.Parent < 0
                || (capability.Rights & ~live[capability.Parent].Rights) == 0);
        }

        foreach (MappedPages mapping in machine.Kernel.Mappings())
        {
            Capability by = live[mapping.Capability];
            Assert.Equal(CapabilityKind.Memory, by.Kind);
            Assert.True(!isGuarded || by.Owner == mapping.Container);
            Assert.Equal(CapabilityRights.None, mapping.Rights & ~by.Rights);
        }

        Assert.Equal(
            machine.Kernel.Cards().Select(card => card.Function).ToHashSet(),
            machine.Attached.ToHashSet());
    }
}
