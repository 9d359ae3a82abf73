using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.Kernels.Tests.Arrakis.Scenes;

namespace Disguise.Kernels.Tests.Arrakis;

public sealed class KernelDeterminismSpecs
{
    [Fact]
    public void Two_machines_have_one_hash_on_one_thread_and_on_two_and_again()
    {
        var once = HashOf(1, 1, 0);

        Assert.Equal(once, HashOf(1, 1, 0));
        Assert.Equal(once, HashOf(2, 1, 0));
        Assert.Equal(once, HashOf(2, 5, 0));
    }

    [Fact]
    public void Another_seed_or_one_picosecond_more_of_work_is_another_hash()
    {
        var once = HashOf(1, 1, 0);

        Assert.NotEqual(once, HashOf(1, 1, 1));
        Assert.NotEqual(once, HashOf(1, 1, 0, seed: 2));
    }

    private static string HashOf(int threads, int windowDivisor, long morePs, ulong seed = 1)
    {
        using var emulation = new Emulation(new EmulationOptions
        {
            Seed = seed,
            Threads = threads,
            WindowDivisor = windowDivisor,
        });
        for (var machine = 0; machine < 2; machine++)
            Start(emulation, $"server[{machine}]", morePs);
        emulation.Run(3 * Picoseconds.PerMillisecond);
        emulation.FinishHash();
        return emulation.Hash.Text;
    }

    private static void Start(Emulation emulation, string name, long morePs)
    {
        var scene = new KernelScene(
            new SceneOptions
            {
                Cores = 3,
                Kernel = new ArrakisOptions
                {
                    VirtualFunctions = 8,
                    SlicePs = 50 * Picoseconds.PerMicrosecond,
                },
            },
            emulation, name)
            .Tenant("own", CorePlacement.Own, Programs.HaltingEcho)
            .Tenant("sleeping[0]", CorePlacement.Shared, Programs.SleepingEcho)
            .Tenant("sleeping[1]", CorePlacement.Shared, Programs.SleepingEcho)
            .Tenant("busy[0]", CorePlacement.Shared, Programs.Compute)
            .Tenant("busy[1]", new CorePlacement(CorePlacementKind.Pinned, 2), Programs.Compute)
            .Tenant("crashing", CorePlacement.Shared, async program =>
            {
                await program.SetUp();
                await program.Work(morePs + (400 * Picoseconds.PerMicrosecond));
                throw new ComponentFailureException("the test wants it");
            })
            .Start();
        for (var number = 0; number < 60; number++)
        {
            scene.Arrive(
                KernelScene.FrameTo(number % 3, (ushort)number),
                (200 + (number * 30)) * Picoseconds.PerMicrosecond);
        }

        scene.Send(
            scene.Kernel.Actor, new ContainerProtocol.RevokeNetwork($"{name}.sleeping[1]"),
            Picoseconds.PerMillisecond);
    }
}
