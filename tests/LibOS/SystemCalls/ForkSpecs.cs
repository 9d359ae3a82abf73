using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;
using Disguise.LibOS.SystemCalls;
using Disguise.LibOS.Tests.Worlds;
using Xunit;

namespace Disguise.LibOS.Tests.SystemCalls;

/// <summary>A process of a monolithic kernel makes another with a copy of its memory.</summary>
public class ForkSpecs
{
    private const int Pages = 16;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Parent_and_child_see_their_own_writes_and_what_was_there_before(int cores)
    {
        var read = new SortedDictionary<string, uint>(StringComparer.Ordinal);
        using var world = Run(cores, async host =>
        {
            var data = await Filled(host);
            var child = await host.Children!.Fork(async childHost =>
            {
                read["child finds"] = await childHost.Pages.ReadWord(data);
                await childHost.Pages.WriteWord(data, 1_000);
                read["child"] = await childHost.Pages.ReadWord(data);
                read["child's second"] = await childHost.Pages.ReadWord(At(data, 1));
                await childHost.Settle();
            });
            Assert.True(child > 0);
            await host.Pages.WriteWord(data, 2_000);
            await host.Children.Await(child);
            read["parent"] = await host.Pages.ReadWord(data);
            read["parent's second"] = await host.Pages.ReadWord(At(data, 1));
            await host.Settle();
        });

        Assert.Equal(7u, read["child finds"]);
        Assert.Equal(1_000u, read["child"]);
        Assert.Equal(2_000u, read["parent"]);
        Assert.Equal(8u, read["parent's second"]);
        Assert.Equal(8u, read["child's second"]);
        Assert.Equal(0, world.Kernel.ProcessCount);
        world.AssertDrained();
    }

    [Fact]
    public void A_child_that_crashes_ends_alone_and_one_whose_parent_ends_ends_too()
    {
        var hasWaited = false;
        using var world = Run(1, async host =>
        {
            var crashing = await host.Children!.Fork(async child =>
            {
                await child.Settle();
                throw new ComponentFailureException("a child's");
            });
            await host.Children.Await(crashing);
            hasWaited = true;
            await host.Children.Fork(async child =>
            {
                while (true)
                {
                    child.Work(Picoseconds.PerMillisecond);
                    await child.Settle();
                }
            });
        });

        Assert.True(hasWaited);
        Assert.Equal(0, world.Kernel.ProcessCount);
        world.AssertDrained();
    }

    [Fact]
    public void A_child_that_waits_for_a_datagram_learns_that_the_network_is_taken()
    {
        var error = ErrorNumber.None;
        using var world = new ProcessWorld().Process(async (host, _) =>
        {
            var child = await host.Children!.Fork(async childHost =>
            {
                var sockets = ((SystemCallSocket)childHost.Socket).Sockets;
                var socket = await sockets.Socket();
                await sockets.Bind(socket, 7);
                await sockets.ReceiveFrom(socket, 0x400UL << 12, 64);
                error = sockets.Error;
            });
            await host.Children.Await(child);
        }).Start();
        world.Run();
        world.Revoke(0);
        world.Run();

        Assert.Equal(ErrorNumber.NetworkDown, error);
        Assert.Equal(0, world.Kernel.ProcessCount);
        world.AssertDrained();
    }

    [Fact]
    public void Random_families_read_what_was_written_before_the_fork_or_by_themselves()
    {
        for (var seed = 0UL; seed < 24; seed++)
        {
            var random = new DeterministicRandom(seed);
            var family = new RandomFamily(random, Pages, steps: 24);
            using var world = Run(2, async host =>
            {
                await host.Pages.Configure(new() { FrameLimit = 12 });
                await family.Run(host, await Filled(host));
            });
            Assert.Empty(family.Wrong);
            Assert.Equal(0, world.Kernel.ProcessCount);
            world.AssertDrained();
        }
    }

    [Fact]
    public void A_fork_that_names_nobody_is_refused_and_so_is_waiting_for_no_child()
    {
        var errors = new List<ErrorNumber>();
        using var world = new ProcessWorld().Process(async (host, sockets) =>
        {
            await sockets.Gate.Call(SystemCallNumber.Fork);
            errors.Add(sockets.Gate.Error);
            await sockets.Gate.Call(SystemCallNumber.Wait, 0);
            errors.Add(sockets.Gate.Error);
            await sockets.Gate.Call(SystemCallNumber.Wait, long.MaxValue);
            errors.Add(sockets.Gate.Error);
        }).Start();
        world.Run();

        Assert.Equal(
            [ErrorNumber.InvalidArgument, ErrorNumber.NoChild, ErrorNumber.NoChild], errors);
        world.AssertDrained();
    }

    [Fact]
    public void Fork_and_the_copy_after_it_are_the_sum_of_their_items()
    {
        var entries = new SortedDictionary<string, LedgerDifference>(StringComparer.Ordinal);
        ProcessWorld world = null!;
        world = new ProcessWorld().Process(async (host, _) =>
        {
            var data = await Filled(host);
            var before = LedgerDifference.Of(world);
            var startPs = host.ClockPs;
            await host.Children!.Fork(async child => await child.Settle());
            entries["fork"] = LedgerDifference.Of(world).Less(before, host.ClockPs - startPs);
            before = LedgerDifference.Of(world);
            startPs = host.ClockPs;
            await host.Pages.WriteWord(data, 1);
            entries["write"] = LedgerDifference.Of(world).Less(before, host.ClockPs - startPs);
        });
        using var running = world.Start();
        running.Run(10 * Picoseconds.PerMillisecond);

        var fork = entries["fork"];
        const int ImagePages = 2;
        Assert.Equal(1, fork.CountOf(HardwareCosts.Trap));
        Assert.Equal(1, fork.CountOf(ExokernelCosts.PageTableLookupLinear));
        Assert.Equal(1, fork.CountOf(ExokernelCosts.PageProtect));
        Assert.Equal(Pages - 1, fork.CountOf(ExokernelCosts.PageProtectRangePage));
        Assert.Equal(Pages + ImagePages, fork.CountOf(ProfileCosts.PageTableEntry));
        Assert.Equal(0, fork.CountOf(ExokernelCosts.PageCopyByte));
        Assert.Equal(fork.TookPs, fork.SumPs);
        var write = entries["write"];
        Assert.Equal(1, write.CountOf(HardwareCosts.ExceptionEntry));
        Assert.Equal(Frame.SizeBytes, write.CountOf(ExokernelCosts.PageCopyByte));
        Assert.Equal(2, write.CountOf(ProfileCosts.PageTableEntry));
        Assert.Equal(0, write.CountOf(ProfileCosts.SignalDelivery));
        Assert.Equal(write.TookPs, write.SumPs);
        Assert.DoesNotContain(fork.Names.Concat(write.Names), name => name.Contains(
            "fork", StringComparison.Ordinal));
    }

    private static async EmulatedTask<ulong> Filled(ApplicationHost host)
    {
        var data = await host.Pages.Map(Pages, MemoryProtection.ReadWrite);
        for (var page = 0; page < Pages; page++)
            await host.Pages.WriteWord(At(data, page), 7u + (uint)page);
        return data;
    }

    private static ulong At(ulong data, int page) => data + ((ulong)page * Frame.SizeBytes);

    private static ProcessWorld Run(int cores, Func<ApplicationHost, EmulatedTask> program)
    {
        var world = new ProcessWorld(cores).Process((host, _) => program(host)).Start();
        world.Run(100 * Picoseconds.PerMillisecond);
        return world;
    }

    private sealed record LedgerDifference(
        SortedDictionary<string, (long Count, long TimePs)> Parts, long TookPs)
    {
        public long SumPs => Parts.Values.Sum(part => part.TimePs);

        public IEnumerable<string> Names => Parts.Keys;

        public static LedgerDifference Of(ProcessWorld world)
        {
            var parts = new SortedDictionary<string, (long, long)>(StringComparer.Ordinal);
            foreach (var account in (ReadOnlySpan<LedgerAccount>)
                [world.Machine.KernelAccount, world.Accounts[0]])
            {
                foreach (var entry in account.Entries())
                {
                    var (count, timePs) = parts.GetValueOrDefault(entry.What.Name);
                    parts[entry.What.Name] = (count + entry.Count, timePs + entry.TimePs);
                }
            }

            return new LedgerDifference(parts, 0);
        }

        public LedgerDifference Less(LedgerDifference before, long tookPs)
        {
            var rest = new SortedDictionary<string, (long, long)>(StringComparer.Ordinal);
            foreach (var (name, part) in Parts)
            {
                var (count, timePs) = before.Parts.GetValueOrDefault(name);
                if (part != (count, timePs))
                    rest[name] = (part.Count - count, part.TimePs - timePs);
            }

            return new LedgerDifference(rest, tookPs);
        }

        public long CountOf(CostKey key) => Parts.GetValueOrDefault(key.Name).Count;
    }
}
