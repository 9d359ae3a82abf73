using Disguise.Actors.Time;
using Disguise.Hardware.Captures;
using Disguise.Hardware.Wire;
using Disguise.LibOS.Clients;
using Disguise.LibOS.Tests.Network;
using Xunit;

namespace Disguise.LibOS.Tests.Clients;

public class PcapReplayClientSpecs
{
    private static readonly TargetEndpoint Target = new(LoadScene.TargetMac, LoadScene.TargetIp, 7);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Frames_go_out_at_their_own_times_or_faster_and_replies_are_counted(double speed)
    {
        using var scene = new LoadScene(new PcapReplaySettings
        {
            Frames = [At(1_000), At(5_000), At(3_000), At(9_000)],
            Speed = speed,
        });
        scene.Start(atPs: 100);
        scene.Run(Picoseconds.PerMillisecond);
        var factor = (long)speed;
        Assert.Equal(
            [100, 100 + (4_000 / factor), 100 + (4_000 / factor), 100 + (8_000 / factor)],
            scene.Echo.TimesPs);
        Assert.True(scene.Replay!.IsDone);
        Assert.Equal((4, 4), (scene.Replay.SentCount, scene.Replay.ReplyCount));
    }

    [Fact]
    public void Readdressed_frames_go_from_the_client_to_its_target_with_right_checksums()
    {
        using var scene = new LoadScene(new PcapReplaySettings
        {
            Frames = [At(0)],
            Targets = [Target],
        });
        scene.Start();
        scene.Run(Picoseconds.PerMillisecond);
        var frame = Assert.Single(scene.Echo.Frames);
        Assert.True(FrameParser.TryRead(frame, out var fields));
        Assert.Equal(
            (LoadScene.ClientMac, LoadScene.ClientIp, Target.Mac, Target.Ip),
            (fields.SourceMac, fields.Source, fields.DestinationMac, fields.Destination));
        Assert.Equal(9, fields.DestinationPort);
        Assert.Equal(
            ChecksumStatus.NetworkChecked | ChecksumStatus.TransportChecked,
            ChecksumOffload.Verify(frame, fields));
        Assert.Equal(1, scene.Replay!.ReplyCount);
    }

    [Fact]
    public void A_frame_that_was_cut_is_left_out_and_counted()
    {
        var whole = At(0);
        var cut = whole with { Bytes = whole.Bytes[..40] };
        using var scene = new LoadScene(new PcapReplaySettings { Frames = [cut, whole] });
        scene.Start();
        scene.Run(Picoseconds.PerMillisecond);
        Assert.Equal((1, 1), (scene.Replay!.SkippedCount, scene.Replay.SentCount));
    }

    private static CapturedFrame At(long timePs)
    {
        var bytes = StackScene.Udp(9, new byte[300]);
        return new CapturedFrame(timePs, bytes, bytes.Length);
    }
}
