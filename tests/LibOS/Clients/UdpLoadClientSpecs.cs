using Disguise.Actors.Time;
using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;
using Disguise.LibOS.Clients;
using Xunit;

namespace Disguise.LibOS.Tests.Clients;

public class UdpLoadClientSpecs
{
    private const long RunPs = 20 * Picoseconds.PerMillisecond;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_closed_loop_keeps_its_number_of_requests_under_way(int outstanding)
    {
        using var scene = new LoadScene(LoadScene.Closed(outstanding));
        scene.Start();
        scene.Run(RunPs);
        var counters = scene.Client!.Counters;
        Assert.Equal(outstanding, counters.Outstanding);
        Assert.Equal(outstanding * ((RunPs - 2) / LoadScene.DelayPs), counters.Received);
        Assert.Equal((0, 0, 0), (counters.Lost, counters.Wrong, counters.Unexpected));
        Assert.All(scene.LatenciesPs, latency => Assert.Equal(LoadScene.DelayPs, latency));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(1_472)]
    public void Requests_of_any_length_are_sound_frames_and_find_their_replies(int payloadBytes)
    {
        using var scene = new LoadScene(LoadScene.Closed(3, payloadBytes));
        scene.Start();
        scene.Run(Picoseconds.PerMillisecond);
        Assert.True(scene.Client!.Counters.Received > 100);
        Assert.Equal(0, scene.Client.Counters.Wrong + scene.Client.Counters.Unexpected);
        foreach (var frame in scene.Echo.Frames)
        {
            Assert.True(FrameParser.TryRead(frame, out var fields));
            Assert.Equal(payloadBytes, fields.EndOffset - fields.PayloadOffset);
            Assert.Equal(
                ChecksumStatus.NetworkChecked | ChecksumStatus.TransportChecked,
                ChecksumOffload.Verify(frame, fields));
        }
    }

    [Fact]
    public void A_lost_reply_counts_as_lost_after_10_ms_and_the_loop_goes_on()
    {
        using var scene = new LoadScene(
            LoadScene.Closed(1), echo => echo.Copies = number => number == 3 ? 0 : 1);
        scene.Start();
        scene.Run(RunPs);
        var counters = scene.Client!.Counters;
        Assert.Equal(1, counters.Lost);
        Assert.Equal(1, counters.Outstanding);
        Assert.Equal(counters.Sent, counters.Received + counters.Lost + counters.Outstanding);
        var gap = scene.Echo.TimesPs[4] - scene.Echo.TimesPs[3];
        Assert.Equal(10 * Picoseconds.PerMillisecond, gap);
    }

    [Fact]
    public void A_server_that_never_answers_does_not_hang_the_loop()
    {
        using var scene = new LoadScene(LoadScene.Closed(4), echo => echo.Copies = _ => 0);
        scene.Start();
        scene.Run(RunPs);
        Assert.Equal(4, scene.Client!.Counters.Lost);
        Assert.Equal(8, scene.Client.Counters.Sent);
    }

    [Fact]
    public void A_reply_that_comes_late_or_twice_is_no_reply_to_what_is_outstanding()
    {
        using var scene = new LoadScene(LoadScene.Closed(1), echo =>
        {
            echo.Copies = number => number == 2 ? 2 : 1;
            echo.ExtraPs = number => number == 5 ? 11 * Picoseconds.PerMillisecond : 0;
        });
        scene.Start();
        scene.Run(RunPs);
        var counters = scene.Client!.Counters;
        Assert.Equal(2, counters.Unexpected);
        Assert.Equal(1, counters.Lost);
        Assert.Equal(counters.Received, scene.LatenciesPs.Count);
    }

    [Fact]
    public void A_reply_with_other_bytes_is_counted_as_wrong()
    {
        using var scene = new LoadScene(LoadScene.Closed(1), echo => echo.Change = (n, frame) =>
        {
            if (n != 4)
                return;
            frame[^1] ^= 0x80;
            ChecksumOffload.FillUdp(frame);
        });
        scene.Start();
        scene.Run(RunPs);
        Assert.Equal(1, scene.Client!.Counters.Wrong);
        Assert.Equal(0, scene.Client.Counters.Lost);
    }

    [Fact]
    public void A_reply_whose_checksum_is_wrong_never_arrives()
    {
        using var scene = new LoadScene(LoadScene.Closed(1), echo => echo.Change = (n, frame) =>
            frame[^1] ^= (byte)(n == 4 ? 0x80 : 0));
        scene.Start();
        scene.Run(RunPs);
        Assert.Equal(0, scene.Client!.Counters.Wrong);
        Assert.Equal(1, scene.Client.Counters.Lost);
    }

    [Fact]
    public void A_frame_damaged_on_the_wire_is_dropped()
    {
        using var scene = new LoadScene(LoadScene.Closed(1));
        scene.Tell(
            new NetworkProtocol.FrameArrival(0, HasBadFrameCheck: true), 5,
            scene.Island.Frames.Take(new byte[60]));
        scene.Run(10);
        Assert.Equal(1, scene.Client!.Frames.DroppedFor(NetworkDrops.BadFrameCheck));
    }

    [Fact]
    public void Only_replies_in_the_measured_interval_count()
    {
        using var scene = new LoadScene(LoadScene.Closed(1));
        var from = 2 * Picoseconds.PerMillisecond;
        scene.Start(from, from + (100 * LoadScene.DelayPs));
        scene.Run(RunPs);
        Assert.Equal(100, scene.Client!.Counters.MeasuredReceived);
        Assert.Equal(100, scene.LatenciesPs.Count);
    }

    [Fact]
    public void A_stopped_client_sends_nothing_more_and_waits_for_what_is_under_way()
    {
        using var scene = new LoadScene(LoadScene.Closed(5));
        scene.Start();
        scene.Stop(Picoseconds.PerMillisecond);
        scene.Run(RunPs);
        Assert.Equal(0, scene.Client!.Counters.Outstanding);
        Assert.True(scene.Echo.TimesPs[^1] <= Picoseconds.PerMillisecond);
    }

    [Fact]
    public void Even_arrivals_of_a_group_are_spread_over_its_clients()
    {
        var interval = Picoseconds.PerMicrosecond;
        using var scene = new LoadScene(
            LoadScene.Open(interval, even: true, clients: 4), number: 3);
        scene.Start(atPs: 10);
        scene.Run(Picoseconds.PerMillisecond);
        for (var request = 0; request < 100; request++)
            Assert.Equal(10 + (((request * 4) + 3) * interval), scene.Echo.TimesPs[request]);
    }

    [Fact]
    public void Poisson_arrivals_have_the_mean_and_the_spread_of_an_exponential_distribution()
    {
        using var scene = new LoadScene(LoadScene.Open(Picoseconds.PerMicrosecond, even: false));
        scene.Start();
        scene.Run(40 * Picoseconds.PerMillisecond);
        var times = scene.Echo.TimesPs;
        Assert.InRange(times.Count, 39_200, 40_800);
        var gaps = times.Zip(times.Skip(1), (left, right) => (double)(right - left)).ToArray();
        var mean = gaps.Average();
        var variation = Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean;
        Assert.InRange(variation, 0.97, 1.03);
        Assert.InRange(gaps.Count(gap => gap > mean) / (double)gaps.Length, 0.358, 0.378);
    }

    [Fact]
    public void An_open_loop_does_not_wait_for_replies_and_its_losses_balance()
    {
        var interval = Picoseconds.PerMicrosecond / 10;
        using var scene = new LoadScene(
            LoadScene.Open(interval, even: true), echo => echo.Copies = _ => 0);
        scene.Start();
        scene.Stop(15 * Picoseconds.PerMillisecond);
        scene.Run(30 * Picoseconds.PerMillisecond);
        var counters = scene.Client!.Counters;
        Assert.InRange(counters.Sent, 149_999, 150_001);
        // More than can be outstanding in 10 ms: the oldest are given up before their time.
        Assert.Equal(counters.Sent, counters.Lost);
        Assert.Equal(0, counters.Outstanding);
    }

    [Fact]
    public void The_same_seed_gives_the_same_arrivals_and_another_one_others()
    {
        static List<long> TimesOf(ulong seed)
        {
            using var scene = new LoadScene(
                LoadScene.Open(Picoseconds.PerMicrosecond, even: false), null, seed);
            scene.Start();
            scene.Run(Picoseconds.PerMillisecond);
            return scene.Echo.TimesPs;
        }

        Assert.Equal(TimesOf(5), TimesOf(5));
        Assert.NotEqual(TimesOf(5), TimesOf(6));
    }

    [Fact]
    public void Each_rule_addresses_its_targets()
    {
        var targets = Enumerable.Range(0, 4).Select(index => new TargetEndpoint(
            new MacAddress((ulong)(0x0200_0000_0000 + index)),
            new Ipv4Address((uint)(0x0A00_0000 + index)), 7)).ToArray();
        int[] HitsOf(TargetRule rule, int client)
        {
            var settings = LoadScene.Open(Picoseconds.PerMicrosecond, even: true) with
            {
                Targets = targets,
                Rule = rule,
                Zipf = rule == TargetRule.Zipf ? new ZipfDistribution(4, 1) : null,
            };
            using var scene = new LoadScene(settings, null, 1, client);
            scene.Start();
            scene.Run(4 * Picoseconds.PerMillisecond);
            Assert.Equal(0, scene.Client!.Counters.Unexpected + scene.Client.Counters.Wrong);
            return [.. targets.Select(target => scene.Echo.Frames.Count(
                frame => MacAddress.Read(frame) == target.Mac))];
        }

        var modulo = HitsOf(TargetRule.Modulo, 6);
        Assert.True(modulo is [0, 0, > 3_900, 0]);
        var all = HitsOf(TargetRule.All, 1);
        Assert.InRange(all.Max() - all.Min(), 0, 1);
        Assert.All(HitsOf(TargetRule.Uniform, 0), hits => Assert.InRange(hits, 880, 1_120));
        var zipf = HitsOf(TargetRule.Zipf, 0);
        // Shares of 1, 1/2, 1/3, 1/4 over 25/12.
        Assert.InRange(zipf[0], 1_820, 2_020);
        Assert.InRange(zipf[3], 400, 560);
    }

    [Fact]
    public void Contradicting_settings_are_refused()
    {
        var closed = LoadScene.Closed(1);
        Assert.Throws<ArgumentException>(() => (closed with { GroupIntervalPs = 5 }).Check());
        Assert.Throws<ArgumentException>(() => (closed with { Outstanding = 0 }).Check());
        Assert.Throws<ArgumentException>(() => (closed with { Targets = [] }).Check());
        Assert.Throws<ArgumentException>(() => (closed with { PayloadBytes = 1_473 }).Check());
        Assert.Throws<ArgumentException>(() => (closed with { Rule = TargetRule.Zipf }).Check());
    }
}
