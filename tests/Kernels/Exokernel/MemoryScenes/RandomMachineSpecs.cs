using System.Collections.Immutable;
using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>
/// Whole machines, of both kinds of TLB, whose environments allocate, bind, free and answer at
/// random while the operator asks frames back at random.
/// </summary>
public sealed class RandomMachineSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;
    private const long EndPs = 300 * Us;
    private const int Count = 3;
    private const int Pages = 24;

    [Fact]
    public void No_frame_has_two_owners_and_nobody_reads_anothers_bytes()
    {
        var results = new SortedDictionary<RevocationResult, int>();
        for (var seed = 0; seed < 1_000; seed++)
        {
            foreach (var report in Run(seed))
                results[report.Result] = results.GetValueOrDefault(report.Result) + 1;
        }

        foreach (var result in (RevocationResult[])
        [
            RevocationResult.Returned, RevocationResult.ReturnedLate, RevocationResult.Forced,
            RevocationResult.Refused,
        ])
            Assert.True(results.GetValueOrDefault(result) > 100, $"{result}: too few");
    }

    [Fact]
    public void The_same_seed_gives_the_same_revocations_to_the_picosecond()
    {
        for (var seed = 0; seed < 20; seed++)
            Assert.Equal(Run(seed), Run(seed));
    }

    private static List<RevocationReport> Run(int seed)
    {
        var random = new Random(seed);
        using var scene = new MemoryScene(
            tlb: seed % 2 == 0 ? TlbModel.Default : MemoryScene.SoftwareTlb);
        for (var number = 0; number < Count; number++)
        {
            var (own, of) = (number, new Random((seed * Count) + number));
            scene.Add(environment => Live(environment, scene, own, of));
        }

        scene.Start();
        for (var order = 0; order < 6; order++)
        {
            scene.Revoke(
                random.Next(Count), random.Next(1, 6), random.NextInt64(EndPs),
                random.NextInt64(40 * Us), random.Next(4) > 0);
        }

        for (var step = 1; step <= 6; step++)
        {
            scene.Run(step * EndPs / 6);
            scene.CheckFrames();
        }

        scene.Run(2 * EndPs);
        scene.CheckFrames();
        return scene.Revocations;
    }

    private static async EmulatedTask Live(
        MemoryEnvironment environment, MemoryScene scene, int number, Random random)
    {
        var frames = environment.Frames;
        environment.OnRequest = request => Answer(environment, scene, request, random);
        while (environment.Cpu.ClockPs < EndPs)
        {
            await environment.Work(environment.Cpu.ClockPs + random.NextInt64(10 * Us));
            var page = random.Next(Pages);
            switch (random.Next(6))
            {
                case 0 when frames.Count > 0:
                    await environment.Call(new MemoryCall.FreeFrames(
                        frames[random.Next(frames.Count)], 1, 0));
                    break;
                case 1:
                    await environment.Call(new MemoryCall.EditPages(
                    [
                        new TableEdit(
                            TableEditKind.Remove, MemoryEnvironment.FirstPage + page, 0, default,
                            0),
                    ]));
                    break;
                case 2 when AnyFrame(scene, random) is { } foreign:
                    await environment.Bind(page, foreign);
                    break;
                default:
                    var frame = await environment.Call(new MemoryCall.AllocateFrame(-1));
                    frames.Add(frame.Value);
                    await environment.Bind(page, frame.Value);
                    break;
            }

            Touch(environment, page, number);
        }
    }

    // Whoever reads anything reads what it has written itself, or zero.
    private static void Touch(MemoryEnvironment environment, int written, int number)
    {
        var own = 0xa000UL + (ulong)number;
        environment.TryStore(written, own);
        for (var page = 0; page < Pages; page++)
        {
            if (environment.TryLoad(page, out var value))
                Assert.True(value == 0 || value == own, $"{number} reads {value:x}");
        }
    }

    private static void Answer(
        MemoryEnvironment environment, MemoryScene scene, MemoryProtocol.FramesRequested request,
        Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                break;
            case 1 when !request.IsImperative:
                break;
            case 2 when AnyFrame(scene, random) is { } foreign:
                environment.Return([foreign]);
                break;
            default:
                environment.Return(
                    [.. environment.Frames.TakeLast(request.Amount).ToImmutableArray()]);
                break;
        }
    }

    private static long? AnyFrame(MemoryScene scene, Random random)
    {
        var frames = scene.Environments[random.Next(scene.Environments.Count)].Frames;
        return frames.Count == 0 ? null : frames[random.Next(frames.Count)];
    }
}
