using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Actors.Wires;

namespace Disguise.Actors.Tests.HashProgram;

/// <summary>
/// A world in which everything happens that could be ordered differently: islands that send each
/// other frames of random length, actors that tell, schedule, stash, watch, crash, restart and
/// stop, with ten children whose names Akka keeps in an unordered set.
/// </summary>
public static class Mesh
{
    /// <summary>Lookahead of every wire.</summary>
    public const long WirePs = 2 * Picoseconds.PerMicrosecond;

    private const int NodesPerIsland = 8;

    /// <summary>Runs a mesh to its end.</summary>
    public static MeshRun Run(EmulationOptions options, MeshPlan? plan = null)
    {
        plan ??= new MeshPlan();
        using var emulation = Build(options, plan);
        plan.Prepare?.Invoke(emulation);
        emulation.Run(plan.UntilPs);
        emulation.FinishHash();
        return new MeshRun(emulation);
    }

    private static Emulation Build(EmulationOptions options, MeshPlan plan)
    {
        var emulation = new Emulation(options with
        {
            HashIntervalPs = 10 * Picoseconds.PerMicrosecond,
        });
        var inputs = new InputPort[plan.IslandCount];
        var roots = new MeshRoot[plan.IslandCount];
        for (var index = 0; index < plan.IslandCount; index++)
        {
            var number = index;
            var island = emulation.AddIsland($"island {index}");
            var output = emulation.AddOutput(island, WirePs + index);
            island.SpawnRoot(
                ActorProps.Of(() => roots[number] = new MeshRoot(
                    plan, number, NodesPerIsland, output, inputs)),
                "root");
        }

        for (var index = 0; index < plan.IslandCount; index++)
            inputs[index] = emulation.AddInput(roots[index].Me, FrameArrived.Instance);
        return emulation;
    }
}
