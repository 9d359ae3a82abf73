using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Host.Composition;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Waiting;
using Disguise.Specification.Worlds;

namespace Disguise.Host.Tests.Runs;

/// <summary>
/// Network, memory and slices are taken at random, asked for or not, from environments with ExOS
/// that answer in every way, while they use their memory: no frame ever has two owners, each order
/// has its outcome, and what a program reads is what it wrote.
/// </summary>
public sealed class RandomRevocationSpecs
{
    private const long Us = Picoseconds.PerMicrosecond;
    private const long EndPs = 4_000 * Us;
    private const int Seeds = 60;
    private const int Pages = 24;
    private const int Crashed = -2;

    private static readonly string[] Resources =
        [RevocationOrder.Network, RevocationOrder.Memory, RevocationOrder.TimeSlice];

    private static readonly string[] Names = ["first", "second", "third", "echo"];

    [Fact]
    public void No_frame_has_two_owners_and_nobody_reads_what_it_did_not_write()
    {
        var outcomes = new SortedDictionary<RevocationResult, int>();
        var whole = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var run = Run(seed, threads: 1, Guards.All);
            foreach (var report in run.Reports)
                outcomes[report.Result] = outcomes.GetValueOrDefault(report.Result) + 1;
            // Who has lost its slices has not come to its end.
            Assert.All(run.Wrong, wrong => Assert.True(
                wrong is 0 or -1, $"seed {seed}: {wrong} pages are wrong"));
            whole += run.Wrong.Count(wrong => wrong == 0);
            Assert.True(
                run.Hash == Run(seed, threads: 2, Guards.All).Hash, $"seed {seed} on two threads");
        }

        Assert.True(whole > 2 * Seeds, $"{whole} programs came to their end");

        foreach (var result in (RevocationResult[])
            [RevocationResult.Returned, RevocationResult.ReturnedLate, RevocationResult.Forced])
        {
            Assert.True(outcomes.GetValueOrDefault(result) > 10, $"few are {result}");
        }
    }

    [Fact]
    public void Where_answers_are_not_looked_at_somebody_loses_what_it_wrote()
    {
        var guards = Guards.AllBut(KernelGuards.ReturnedFrames);
        Assert.Contains(
            Enumerable.Range(0, Seeds).SelectMany(seed => Run(seed, 1, guards).Wrong),
            wrong => wrong is not (0 or -1));
    }

    private static Outcome Run(int seed, int threads, Guards guards)
    {
        var random = new Random(seed);
        var programs = Names[..3].Select(_ => Program(random.Next())).ToArray();
        using var world = new SpecificationWorld(new WorldPlan
        {
            Architecture = Architectures.Of("exokernel"),
            Platform = "xeon-e5-2430-x520",
            Profile = "extaris",
            Interface = TenantInterface.Native,
            Wait = seed % 2 == 0 ? WaitPolicy.Poll : WaitPolicy.Doorbell,
            Guards = guards,
            Seed = (ulong)seed,
            Threads = threads,
            Tenants =
            [
                .. programs.Select((program, number) => Planned(
                    Names[number], program, number < 2 && seed % 3 == 0, random)),
                Planned("echo", new UdpEcho(SpecificationWorld.Port, 0), false, random),
            ],
        });
        var (startPs, orders) = (world.NowPs, 0);
        for (var number = 0; number < 10; number++)
            orders += world.Revoke(Order(random, startPs)) ? 1 : 0;
        for (var step = 1; step <= 8; step++)
        {
            world.Run(EndPs / 8);
            Check(world, seed);
        }

        world.Run(1_000 * Us);
        Check(world, seed);
        Assert.True(orders == world.Reports.Count, $"seed {seed}: an order without an outcome");
        return new Outcome(
            world.Hash(), world.Reports, [.. programs.Select(program => program.Result)]);
    }

    private sealed record Outcome(
        string Hash, List<RevocationReport> Reports, IReadOnlyList<int> Wrong);

    private static PlannedTenant Planned(
        string name, IApplication application, bool isShared, Random random) =>
        new(name, application)
        {
            Revocation = (RevocationAnswer)random.Next(4),
            Placement = isShared
                ? new CorePlacement(CorePlacementKind.Pinned) : CorePlacement.Own,
        };

    private static RevocationOrder Order(Random random, long startPs)
    {
        var asks = random.Next(4) > 0;
        return new RevocationOrder(
            SpecificationWorld.AddressOf(Names[random.Next(Names.Length)]),
            Resources[random.Next(5) % Resources.Length], asks,
            asks ? random.NextInt64(120 * Us) : null, startPs + random.NextInt64(EndPs))
        {
            Amount = random.Next(1, 20),
        };
    }

    private static void Check(SpecificationWorld world, int seed)
    {
        var findings = new List<string>();
        world.Kernel.CheckFrames(findings);
        Assert.True(findings.Count == 0, $"seed {seed}: {string.Join("; ", findings)}");
    }

    /// <summary>Uses its memory at random, and counts what it finds that it did not write.
    /// </summary>
    private static ProgramOfTest Program(int seed) => new(async host =>
    {
        var random = new Random(seed);
        await host.Pages.Configure(new MemorySettings
        {
            FrameLimit = random.Next(6, 2 * Pages),
            Policy = random.Next(2) == 0 ? "lru" : "mru",
            StoreLatencyPs = 20 * Us,
        });
        var data = await host.Pages.Map(Pages, MemoryProtection.ReadWrite);
        var written = new uint[Pages];
        var wrong = 0;
        var untilPs = host.ClockPs + EndPs;
        try
        {
            while (host.ClockPs < untilPs)
            {
                var page = random.Next(Pages);
                var address = data + ((ulong)page * Frame.SizeBytes);
                if (random.Next(3) == 0)
                {
                    await host.Pages.WriteWord(address, written[page] = (uint)random.Next());
                }
                else
                {
                    wrong += await host.Pages.ReadWord(address) == written[page] ? 0 : 1;
                }

                host.Work(random.NextInt64(20 * Us));
                await host.Settle();
            }
        }
        catch (ComponentFailureException)
        {
            return Crashed;
        }

        return wrong;
    });
}
