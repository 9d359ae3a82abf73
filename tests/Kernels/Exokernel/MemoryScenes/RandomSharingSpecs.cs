using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Regions;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>
/// Whole machines, of both kinds of TLB, whose environments open pages to one another in every way
/// that there is, and try what they find, stale or made up, while the operator takes frames at
/// random: no translation ever leads to a frame whose owner did not open it.
/// </summary>
public sealed class RandomSharingSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;
    private const long EndPs = 200 * Us;
    private const int Count = 3;
    private const int Pages = 16;
    private const int Steps = 4;

    public static TheoryData<string> GuardsOff =>
    [
        KernelGuards.BindCheck.Name, KernelGuards.Domination.Name,
        KernelGuards.CapabilitySeal.Name, KernelGuards.CapabilityGeneration.Name,
        KernelGuards.SoftwareTlbTag.Name, RegionGuards.Mapping.Name,
    ];

    [Fact]
    public void Nothing_leads_to_a_frame_whose_owner_did_not_open_it()
    {
        var (shared, revoked) = (0, 0);
        for (var seed = 0; seed < 1_000; seed++)
        {
            var run = Run(seed, Guards.All);
            Assert.True(run.Findings.Count == 0, $"{seed}: {string.Join("; ", run.Findings)}");
            shared += run.Shared;
            revoked += run.Revoked;
        }

        Assert.True(shared > 1_000, $"{shared} pages of others were bound");
        Assert.True(revoked > 1_000, $"{revoked} frames were taken");
    }

    [Theory]
    [MemberData(nameof(GuardsOff))]
    public void Without_a_guard_something_does(string name)
    {
        var guards = Guards.AllBut(new Guard(name));
        for (var seed = 0; seed < 200; seed++)
        {
            try
            {
                if (Run(seed, guards).Findings.Count > 0)
                    return;
            }
            catch (BrokenInvariantException)
            {
                // Who can write a page table may bring the kernel down before anybody looks.
            }
        }

        Assert.Fail($"nothing was found without {name}");
    }

    private static (List<string> Findings, int Shared, int Revoked) Run(int seed, Guards guards)
    {
        var random = new Random(seed);
        using var scene = new MemoryScene(
            guards, seed % 2 == 0 ? TlbModel.Default : MemoryScene.SoftwareTlb);
        var table = new List<PageCapability>();
        var regions = new List<long>();
        var shared = 0;
        for (var number = 0; number < Count; number++)
        {
            var life = new SharingLife(
                scene, number, new Random((seed * Count) + number), table, regions,
                () => shared++);
            scene.Add(environment => life.Live(environment, EndPs, Pages));
        }

        // What environments do comes after they have been started.
        scene.Start().Run(Us);
        if (random.Next(2) == 0)
            scene.End(random.Next(Count), random.NextInt64(EndPs / 2, EndPs));
        for (var order = 0; order < 4; order++)
        {
            scene.Revoke(
                random.Next(Count), random.Next(1, 6), random.NextInt64(Us + 1, EndPs),
                random.NextInt64(20 * Us), random.Next(4) > 0);
        }

        var findings = new List<string>();
        for (var step = 1; step <= Steps && findings.Count == 0; step++)
        {
            scene.Run(step * EndPs / Steps);
            findings.AddRange(scene.Findings());
        }

        scene.Run(2 * EndPs);
        findings.AddRange(scene.Findings());
        return (findings, shared, scene.Revocations.Sum(report => report.Amount));
    }
}
