using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Running;
using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Host.Tests.Runs;

/// <summary>A machine on which one group comes and goes, and its kernel from inside.</summary>
internal sealed class ChurnScene(World world, RunPhases phases) : IDisposable
{
    public ChurnBook Book => world.Churn[0];

    public MachineUnderTest Machine => world.Machines[0];

    public ArrakisControlPlane Kernel => ((ArrakisView)Machine.Kernel).Kernel.ControlPlane;

    public static ChurnScene Of(Experiment experiment)
    {
        var (world, phases) = SmallWorld.SetUp(experiment);
        return new ChurnScene(world, phases);
    }

    public void RunFor(long durationPs) =>
        Assert.True(phases.RunUntil(world.Emulation.NowPs + durationPs));

    public void Dispose() => world.Dispose();
}
