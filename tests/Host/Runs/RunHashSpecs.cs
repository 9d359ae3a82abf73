using System.Runtime.CompilerServices;
using Disguise.Hardware.Network;
using Disguise.Host.Composition;
using Disguise.Host.Running;
using Disguise.Host.Verbs;

namespace Disguise.Host.Tests.Runs;

/// <summary>What changes the hash of a whole run, and what does not.</summary>
public sealed class RunHashSpecs
{
    private static readonly string[] FourMachines =
        ["machines.server.count=4", "clients.load.count=8", "network.loss=0.01"];

    private static readonly Lazy<RunOutcome> Reference =
        new(() => SmallWorld.Run(FourMachines));

    [Fact]
    public void Two_threads_that_both_work_give_the_hash_of_one()
    {
        var experiment = SmallWorld.Read(
            SmallWorld.Text, [.. FourMachines, "duration=1ms", "machines.server.count=3"]);
        string HashOn(int threads)
        {
            var (world, phases) = SmallWorld.SetUp(
                experiment, SmallWorld.OptionsOf(experiment) with { Threads = threads });
            using (world)
            {
                phases.RunUntil(phases.MeasureEndPs);
                world.Emulation.FinishHash();
                var all = world.Emulation.WorkerEventCounts.Sum();
                Assert.Equal(threads, world.Emulation.WorkerEventCounts.Count);
                Assert.All(
                    world.Emulation.WorkerEventCounts, count => Assert.True(count >= all * 0.2));
                return world.Emulation.Hash.Text;
            }
        }

        Assert.Equal(HashOn(1), HashOn(2));
    }

    [Theory]
    [InlineData(1, 2, null)]
    [InlineData(2, 1, null)]
    [InlineData(3, 1, null)]
    [InlineData(5, 1, null)]
    [InlineData(1, 1, 17UL)]
    [InlineData(3, 2, 18UL)]
    public void Windows_may_be_cut_anyhow_and_batches_come_in_any_order(
        int divisor, int threads, ulong? shuffleSeed)
    {
        var run = SmallWorld.Run(
            SmallWorld.Read(SmallWorld.Text, FourMachines),
            new RunSettings
            {
                Threads = threads,
                WindowDivisor = divisor,
                ShuffleSeed = shuffleSeed,
            });

        Assert.Equal(Reference.Value.Result.Hash, run.Result.Hash);
        Assert.Equal(5, run.Islands);
    }

    [Fact]
    public void Ten_processes_give_one_hash()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        var outputs = new List<string>();
        for (var process = 0; process < 10; process++)
        {
            var (code, output, errors) = OwnProcess.Run(
                command.Folder,
            [
                "run", file, "--json", "--quiet", "--threads",
                process < 5 ? "1" : "2", "--out", $"out-{process}",
                .. FourMachines.SelectMany(one => new[] { "--set", one }),
            ]);
            Assert.True(code == 0, errors);
            outputs.Add(File.ReadAllText(command.PathOf($"out-{process}", "hash.txt")));
            Assert.Contains(Reference.Value.Result.Hash!, output);
        }

        Assert.Single(outputs.Distinct());
    }

    [Fact]
    public void Each_of_200_seeds_gives_its_own_hash_twice()
    {
        var hashes = new HashSet<string>();
        for (var seed = 1; seed <= 200; seed++)
        {
            var settings = new[] { $"seed={seed}", "duration=20us" };
            var hash = SmallWorld.Hash(settings);
            Assert.Equal(hash, SmallWorld.Hash(settings));
            Assert.True(hashes.Add(hash), $"seed {seed} gives the hash of another");
        }
    }

    [Theory]
    [InlineData("platform.mmio-write=106001ps")]
    [InlineData("platform.nic-receive-pipeline=300001ps")]
    [InlineData("profile.stack-send-native=170001ps")]
    [InlineData("network.latency=450001ps")]
    [InlineData("clients.load.app.payload=65")]
    public void One_picosecond_or_byte_more_changes_it(string setting) =>
        Assert.NotEqual(Reference.Value.Result.Hash, SmallWorld.Hash([.. FourMachines, setting]));

    [Fact]
    public void Two_deliveries_at_one_time_in_the_other_order_change_it()
    {
        string HashOf(int first, int second) => SmallWorld.Run(SmallWorld.Read(
            SmallWorld.Text + "\n" + $$"""
            inject:
              - { at: 50us, revoke: { target: "server.echo[{{first}}]", resource: network } }
              - { at: 50us, revoke: { target: "server.echo[{{second}}]", resource: network } }
            """)).Result.Hash!;

        Assert.Equal(HashOf(0, 1), HashOf(0, 1));
        Assert.NotEqual(HashOf(0, 1), HashOf(1, 0));
    }

    [Fact]
    public void One_flipped_bit_of_one_frame_changes_it()
    {
        string HashWith(int flippedFrame)
        {
            var experiment = SmallWorld.Read();
            var (world, phases) = SmallWorld.SetUp(experiment);
            using (world)
            {
                var flip = new BitFlip(flippedFrame);
                world.Clients[0].SwitchLink.Tap(flip, FrameDirection.Received);
                phases.RunUntil(phases.MeasureEndPs);
                world.Emulation.FinishHash();
                Assert.True(flip.Seen > 10);
                return world.Emulation.Hash.Text;
            }
        }

        Assert.Equal(HashWith(-1), SmallWorld.Hash());
        Assert.Equal(HashWith(5), HashWith(5));
        Assert.NotEqual(HashWith(-1), HashWith(5));
        Assert.NotEqual(HashWith(5), HashWith(6));
    }

    [Fact]
    public void Recording_tracing_reporting_and_following_do_not_change_it()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        var plain = command.Whole(file);
        var recorded = command.Whole(
            file, "--trace", "--pcap", "server.nic.vf[0]", "--pcap", "load[1]",
            "--pcap", "server.nic", "--set", "interval=7us");

        Assert.Equal(
            plain.GetProperty("hash").GetString(), recorded.GetProperty("hash").GetString());
        Assert.Equal(
            SmallWorld.Hash(), plain.GetProperty("runs")[0].GetProperty("hash").GetString());
    }

    [Theory]
    [InlineData("1234us", "1235us", "operator")]
    [InlineData("1234us", "1234us", "")]
    public void A_planted_difference_is_found_by_the_interval_hashes(
        string at, string plantedAt, string kind)
    {
        var text = SmallWorld.Text.Replace("duration: 200us", "duration: 2ms");
        RunOutcome Run(string revokedAt, (long, long)? watched) => SmallWorld.Run(
            SmallWorld.Read(text + "\n" + $$"""
                inject:
                  - { at: {{revokedAt}}, revoke: { target: "server.echo[1]", resource: network } }
                """),
            new RunSettings { WatchedInterval = watched });
        var (world, phases) = SmallWorld.SetUp(SmallWorld.Read(text));
        world.Dispose();
        using var output = new StringWriter { NewLine = "\n" };

        var found = RunComparison.Find(
            Run(at, null), Run(plantedAt, null), watched => Run(at, watched),
            watched => Run(plantedAt, watched));

        Assert.Equal(at == plantedAt, found is null);
        if (found is null)
            return;
        found.Print(output);

        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("the runs first differ between ", lines[0]);
        var atPs = phases.MeasureStartPs + 1_234_000_000;
        Assert.StartsWith($"  {atPs} ps {kind} ", lines[1]);
        Assert.Contains("-> server.kernel", lines[1]);
        Assert.NotEqual(lines[1], lines[2]);
    }

    [Fact]
    public void Verify_says_that_equal_runs_are_equal()
    {
        using var command = new CommandRun();
        var (code, output, _) = command.Run(
            "verify", command.Write("small.yaml", SmallWorld.Text), "--threads", "1,2", "--quiet");

        Assert.Equal(0, code);
        var hash = SmallWorld.Hash();
        Assert.Equal(
            $"arrakis threads 1: {hash}\narrakis threads 2: {hash}\nall hashes are equal\n",
            output);
    }

    [Fact]
    public void Verify_with_one_number_of_threads_runs_twice_all_the_same()
    {
        using var command = new CommandRun();
        var (code, output, _) = command.Run(
            "verify", command.Write("small.yaml", SmallWorld.Text), "--threads", "2", "--quiet");

        Assert.Equal(0, code);
        var hash = SmallWorld.Hash();
        Assert.Equal(
            $"arrakis threads 2: {hash}\narrakis threads 2: {hash}\nall hashes are equal\n",
            output);
    }

    private sealed class BitFlip(int frame) : IFrameTap
    {
        public int Seen { get; private set; }

        public void Passed(long timePs, ReadOnlySpan<byte> bytes, FrameDirection direction)
        {
            if (Seen++ == frame)
                Unsafe.AsRef(in bytes[^1]) ^= 1;
        }
    }
}
