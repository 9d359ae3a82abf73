using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Disguise.Kernels.Tests.Arrakis.Scenes;

namespace Disguise.Kernels.Tests.Arrakis;

public sealed class KernelFuzzSpecs
{
    private const int Tenants = 5;
    private const int CallsPerTenant = 20_000;

    public static TheoryData<string, bool> Machines => new()
    {
        { "x520", true }, { "ideal", true }, { "ideal", false },
    };

    [Theory]
    [MemberData(nameof(Machines))]
    public void A_hundred_thousand_calls_at_random_break_nothing(string model, bool isGuarded)
    {
        var handles = new List<Handle> { Handle.None };
        var accepted = new SortedSet<string>(StringComparer.Ordinal);
        var calls = 0;
        var scene = new KernelScene(new SceneOptions
        {
            Cores = 4,
            MemoryBytes = 64L << 20,
            Model = model == "x520" ? NicModel.X520 : NicModel.Ideal,
            Guards = isGuarded
                ? Guards.All
                : Guards.AllBut(CapabilityGuards.Handle, FilterOwnership.Guard),
            Kernel = new ArrakisOptions
            {
                VirtualFunctions = 16,
                WhenFunctionsRunOut = WhenFunctionsRunOut.Refuse,
                SlicePs = 20 * Picoseconds.PerMicrosecond,
                TableFramesPerContainer = 400,
            },
        });
        for (var tenant = 0; tenant < Tenants; tenant++)
        {
            var random = new DeterministicRandom((ulong)tenant + 77);
            scene.Tenant(
                $"fuzz[{tenant}]",
                tenant switch
                {
                    0 => CorePlacement.Own,
                    1 => new CorePlacement(CorePlacementKind.Pinned, 2),
                    _ => CorePlacement.Shared,
                },
                program => Ask(program, random, handles, accepted, () => calls++));
        }

        using var started = scene.Start();
        scene.Run(20 * Picoseconds.PerMicrosecond);
        var boot = scene.Machine.Frames.FreeFrameCount;
        var injections = new DeterministicRandom(5);
        while (calls < Tenants * CallsPerTenant)
        {
            scene.Run(10 * Picoseconds.PerMillisecond);
            scene.Send(
                scene.Kernel.Actor,
                new ContainerProtocol.RevokeNetwork(
                    $"server.fuzz[{injections.Below(Tenants)}]"),
                scene.NowPs);
            CheckPromises(scene, isGuarded);
        }

        foreach (var container in scene.Containers)
            scene.Send(container, new ContainerProtocol.Stop(), scene.NowPs);
        scene.Run(100 * Picoseconds.PerMillisecond);

        Assert.Equal(
            [
                "AllocateMemory", "AssignFilter", "AssociateDoorbell", "CreateCard",
                "CreateDomain", "CreateFilter", "DeleteCard", "DestroyDomain", "FreeMemory",
                "MapMemory", "RemoveFilter", "RevokeShares", "SetRate", "ShareMemory",
                "TransferCapability", "UnmapMemory",
            ],
            accepted);
        Assert.Empty(scene.Kernel.ControlPlane.Containers());
        Assert.Equal(
            scene.Kernel.ControlPlane.Options.FrameCount, scene.Kernel.ControlPlane.FreeFrames);
        Assert.Equal(0, scene.Card.FiltersInstalled);
        Assert.All(scene.Machine.Cores, core => Assert.Null(core.Current));
        Assert.True(scene.Machine.Frames.FreeFrameCount >= boot - 8, "page tables were kept");
    }

    private static async EmulatedTask Ask(
        TestProgram program, DeterministicRandom random, List<Handle> handles,
        SortedSet<string> accepted, Action called)
    {
        var own = new List<(Handle Handle, Type Maker)>
        {
            (program.DomainHandle, typeof(Command.CreateDomain)),
        };
        handles.Add(program.DomainHandle);
        for (var number = 0; number < CallsPerTenant; number++)
        {
            var command = Next(program, random, handles, own);
            var answer = await program.Call(command);
            program.Answers.Clear();
            called();
            if (answer.Refusal != RefusalReason.None)
                continue;
            accepted.Add(command.GetType().Name);
            if (answer.Handle != Handle.None)
            {
                handles.Add(answer.Handle);
                own.Add((answer.Handle, command.GetType()));
            }

            if (random.Below(50) == 0)
                await program.Yield();
        }
    }

    private static Command Next(
        TestProgram program, DeterministicRandom random, List<Handle> handles,
        List<(Handle Handle, Type Maker)> own)
    {
        Handle Any() => random.Below(40) switch
        {
            0 => new Handle(random.Next()),
            1 => Handle.Of(handles[Pick(handles.Count)].Slot, random.Below(1 << 20)),
            < 30 => own[^Math.Min(own.Count, 1 + Pick(16))].Handle,
            _ => handles[Pick(handles.Count)],
        };

        Handle Made<TCommand>() => random.Below(3) == 0
            ? Any()
            : own.FindLast(one => one.Maker == typeof(TCommand)).Handle;
        int Pick(int limit) => (int)random.Below((ulong)limit);
        Handle Domain() => random.Below(4) == 0 ? Any() : program.DomainHandle;
        ContainerId Container() => new(Pick(Tenants + 2), 1);
        return Pick(20) switch
        {
            0 => new Command.AllocateMemory(default, Pick(40) - 1),
            1 or 2 => new Command.AllocateMemory(default, 1 + Pick(4)),
            3 => new Command.FreeMemory(default, Any()),
            4 or 5 or 6 => new Command.MapMemory(
                default, Made<Command.AllocateMemory>(), Domain(), Pick(3), PageAt(random),
                1 + Pick(3), (CapabilityRights)Pick(8)),
            7 => new Command.UnmapMemory(default, Domain(), PageAt(random)),
            8 => new Command.ShareMemory(
                default, Any(), Container(), (CapabilityRights)Pick(16)),
            9 => new Command.RevokeShares(default, Any()),
            10 => new Command.TransferCapability(default, Any(), Container()),
            11 => new Command.CreateCard(default, Domain(), Pick(2), Pick(4)),
            12 => new Command.DeleteCard(default, Any()),
            13 => new Command.AssociateDoorbell(
                default, Made<Command.CreateCard>(), Pick(3), (DoorbellEvent)Pick(3)),
            14 => new Command.SetRate(
                default, Made<Command.CreateCard>(), Pick(3), (FilterDirection)Pick(3),
                Pick(11) * 1_000_000_000L),
            15 => new Command.CreateFilter(default, Specification(random)),
            16 => new Command.AssignFilter(
                default, Made<Command.CreateFilter>(), Made<Command.CreateCard>(), Pick(2)),
            17 => new Command.RemoveFilter(default, Any()),
            18 => Pick(3) switch
            {
                0 => new Command.RevokeCard(ContainerId.Operator, Pick(8)),
                1 => new Command.DestroyContainer(ContainerId.Operator, Container()),
                _ => new Command.CreateContainer(ContainerId.Operator, [], Pick(100)),
            },
            _ => Pick(2) == 0
                ? new Command.CreateDomain(default)
                : new Command.DestroyDomain(default, Any()),
        };
    }

    private static long PageAt(DeterministicRandom random) => random.Below(5) switch
    {
        0 => (long)random.Below(1L << 37) - 1000,
        1 => (long)random.Below(0x120),
        2 => DomainLayout.FirstFreePage + ((long)random.Below(20) << 18),
        _ => DomainLayout.FirstFreePage + (long)random.Below(20),
    };

    private static FilterSpecification Specification(DeterministicRandom random)
    {
        var tenant = (int)random.Below(Tenants);
        return new FilterSpecification
        {
            Direction = (FilterDirection)random.Below(3),
            Level = (FilterLevel)random.Below(4),
            LocalMac = KernelScene.MacOf(tenant).Value,
            LocalIp = KernelScene.IpOf(tenant).Value,
            Peers = random.Below(3) == 0 ? [FilterPeer.OfIp(0x0A00_0000, 24, 9)] : [],
            Services = random.Below(2) == 0 ? [(ushort)random.Below(30)] : [],
        };
    }

    private static void CheckPromises(KernelScene scene, bool isGuarded)
    {
        var controlPlane = scene.Kernel.ControlPlane;
        var owned = new HashSet<long>();
        foreach (var extent in controlPlane.Extents())
        {
            for (var frame = extent.FirstFrame; frame < extent.FirstFrame + extent.Pages; frame++)
                Assert.True(owned.Add(frame), $"frame {frame} has two owners");
        }

        Assert.Equal(controlPlane.Options.FrameCount - owned.Count, controlPlane.FreeFrames);
        foreach (var domain in scene.Domains)
            CheckTables(scene, domain, controlPlane);
        if (isGuarded)
            Assert.Equal(0, scene.Kernel.StrayMessageCount);
    }

    /// <summary>What a core translates is what the control plane has granted, no more.</summary>
    private static void CheckTables(
        KernelScene scene, TestDomain domain, ArrakisControlPlane controlPlane)
    {
        var context = domain.Programs[0].Context;
        if (context.Core is null)
            return;
        var slot = domain.Programs[0].DomainHandle.Slot;
        var number = -1;
        foreach (var capability in controlPlane.Capabilities)
        {
            if (capability.Slot == slot && capability.Kind == CapabilityKind.ProtectionDomain)
                number = capability.Object;
        }

        if (number < 0)
            return;
        var mapped = new HashSet<long>();
        foreach (var mapping in controlPlane.Mappings().Where(one => one.Domain == number))
        {
            for (var page = 0; page < mapping.Pages; page++)
            {
                mapped.Add(mapping.VirtualPage + page);
                Assert.True(context.Mmu.TryTranslate(
                    (ulong)(mapping.VirtualPage + page) << 12, Access.Read, out var found, out _));
                Assert.Equal(
                    (mapping.FirstFrame + page) << 12, found.PhysicalAddress);
            }
        }

        for (long page = 0; page < DomainLayout.FirstFreePage + 40; page++)
        {
            var isThere = context.Mmu.TryTranslate(
                (ulong)page << 12, Access.Read, out var found, out _);
            Assert.Equal(
                mapped.Contains(page),
                isThere && found.Kind == TranslationKind.Memory);
        }
    }
}
