using Disguise.Actors.Time;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>Slices are taken by force, or given back where none is one's own.</summary>
public sealed class SliceRevocationSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;

    [Fact]
    public void Who_loses_a_slice_by_force_hears_of_it_when_it_is_taken_and_not_before()
    {
        using var scene = new MemoryScene();
        scene.Add(environment => environment.Work(400 * Us)).Start().Run(100 * Us);

        scene.Revoke(
            0, 1, 150 * Us, 0, asks: false, resource: RevocationOrder.TimeSlice).Run(200 * Us);

        var report = Assert.Single(scene.Revocations);
        Assert.Equal(RevocationResult.Forced, report.Result);
        var (heardPs, message) = Assert.Single(scene.Environments[0].Heard);
        Assert.IsType<ExokernelProtocol.Repossessed>(message);
        Assert.True(heardPs > report.DonePs, $"heard at {heardPs}, done at {report.DonePs}");
    }

    [Fact]
    public void Who_is_refused_a_slice_s_return_has_its_core_for_itself_still()
    {
        var refusals = new List<ExokernelRefusal>();
        using var scene = new MemoryScene();
        scene.Add(async environment =>
        {
            foreach (var position in (int[])[1, -1, 1 << 20, 0])
            {
                var freed = await environment.Call(new KernelCall.FreeSlice(position, 0));
                refusals.Add(freed.Refusal);
                environment.Notes.Add(environment.Cpu.Core!.IsExclusive ? 1 : 0);
            }

            await environment.Work(400 * Us);
        });
        scene.Start().Run(200 * Us);

        Assert.All(refusals.Take(3), refusal => Assert.NotEqual(ExokernelRefusal.None, refusal));
        Assert.Equal(ExokernelRefusal.None, refusals[3]);
        Assert.Equal([1, 1, 1, 0], scene.Environments[0].Notes);
    }
}
