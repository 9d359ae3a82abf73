using CsCheck;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Network;
using Xunit;

namespace Disguise.LibOS.Tests.Network;

public class NetworkStackFuzzSpecs
{
    private static readonly Gen<byte[]> Sound = Gen.OneOf(
        Gen.Select(Gen.UShort, Gen.Byte.Array[0, 1_472], (port, payload) =>
            StackScene.Udp((ushort)(port % 16), payload)),
        Gen.Byte.Array[0, 1_472].Select(payload => StackScene.Echo(payload)),
        Gen.UInt.Select(address => StackScene.ArpRequest(
            address % 2 == 0 ? StackScene.Ip : new Ipv4Address(address))));

    private static readonly Gen<byte[]> Mutated =
        from frame in Sound
        from at in Gen.Int[0, Math.Min(frame.Length, 60) - 1]
        from value in Gen.Byte
        select Changed(frame, at, value);

    private static readonly Gen<byte[]> Cut =
        from frame in Sound
        from length in Gen.Int[0, frame.Length]
        select frame[..length];

    private static readonly Gen<byte[]> Frames =
        Gen.OneOf(Sound, Mutated, Cut, Gen.Byte.Array[0, 1_600]);

    private static readonly Gen<ChecksumStatus> Statuses =
        Gen.Int[0, 15].Select(value => (ChecksumStatus)value);

    [Fact]
    public void No_frame_breaks_the_stack_and_what_goes_in_comes_out_or_is_dropped()
    {
        Gen.Select(Frames, Statuses).List[1, 40].Sample(
            frames =>
            {
                var scene = new StackScene();
                for (ushort port = 0; port < 8; port++)
                    scene.Stack.Ports.Bind((ushort)(port + 1), port, out _);
                var delivered = 0;
                foreach (var (frame, status) in frames)
                {
                    var got = scene.Receive(frame, 0, status);
                    if (got.Kind == ReceptionKind.Dropped)
                        Assert.NotNull(got.Reason);
                    else
                        delivered++;
                    if (got.Kind != ReceptionKind.Datagram)
                        continue;
                    var end = got.PayloadOffsetBytes + got.PayloadBytes;
                    Assert.InRange(end, got.PayloadOffsetBytes, frame.Length);
                }

                var counters = scene.Stack.Counters;
                Assert.Equal(frames.Count, counters.Received);
                Assert.Equal(delivered, counters.Sent);
                Assert.Equal(0, counters.Inside);
                Assert.All(scene.Answers, IsSound);
            },
            iter: 1_000, threads: 1);
    }

    [Fact]
    public void Turned_around_headers_are_those_of_an_answer_with_right_checksums()
    {
        Gen.Select(Gen.Byte.Array[0, 1_472], Gen.UShort, Gen.UShort, Gen.Byte).Sample(
            (payload, source, destination, timeToLive) =>
            {
                var frame = StackScene.Udp(destination, payload, null, source);
                frame[22] = timeToLive;
                ChecksumOffload.FillIpv4(frame);
                UdpHeaders.TurnAround(frame.AsSpan(0, UdpHeaders.LengthBytes));
                IsSound(frame);
                FrameParser.TryRead(frame, out var fields);
                Assert.Equal(StackScene.Mac, fields.SourceMac);
                Assert.Equal(StackScene.NeighbourMac, fields.DestinationMac);
                Assert.Equal(StackScene.NeighbourIp, fields.Destination);
                Assert.Equal((source, destination), (fields.DestinationPort, fields.SourcePort));
                Assert.Equal(Ipv4Header.DefaultTimeToLive, frame[22]);
            },
            iter: 1_000, threads: 1);
    }

    private static byte[] Changed(byte[] frame, int at, byte value)
    {
        frame[at] = value;
        return frame;
    }

    private static void IsSound(byte[] frame)
    {
        Assert.True(FrameParser.TryRead(frame, out var fields));
        Assert.Equal(WireError.None, fields.Error);
        var status = ChecksumOffload.Verify(frame, fields);
        Assert.Equal(
            ChecksumStatus.None,
            status & (ChecksumStatus.NetworkError | ChecksumStatus.TransportError));
    }
}
