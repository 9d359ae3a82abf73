using CsCheck;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Wire;

public class WireFuzzSpecs
{
    private const int Cases = 100_000;

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 120].Sample(ReadEverything, iter: Cases);

    [Fact]
    public void Random_bytes_behind_a_sound_start_never_throw() =>
        Gen.Select(WireGen.Frame, Gen.Byte.Array[0, 80], Gen.Int[0, 60]).Sample(
            (frame, noise, at) =>
            {
                byte[] bytes = [.. frame[..Math.Min(at, frame.Length)], .. noise];
                ReadEverything(bytes);
            },
            iter: Cases);

    [Fact]
    public void A_valid_frame_with_one_byte_changed_or_cut_anywhere_never_throws() =>
        Gen.Select(WireGen.Frame, Gen.Int[0, 80], Gen.Byte, Gen.Int[0, 300]).Sample(
            (frame, at, value, length) =>
            {
                frame[at % frame.Length] = value;
                ReadEverything(frame);
                ReadEverything(frame[..Math.Min(length, frame.Length)]);
            },
            iter: Cases);

    [Fact]
    public void Filling_checksums_of_any_bytes_never_throws_and_changes_none_on_an_error() =>
        Gen.Select(WireGen.Frame, Gen.Int[0, 80], Gen.Byte).Sample(
            (frame, at, value) =>
            {
                frame[at % frame.Length] = value;
                foreach (var fill in new Fill[]
                    { ChecksumOffload.FillIpv4, ChecksumOffload.FillUdp, ChecksumOffload.FillTcp })
                {
                    var bytes = frame.ToArray();
                    if (fill(bytes) != WireError.None)
                    {
                        Assert.Equal(frame, bytes);
                    }
                }
            },
            iter: Cases);

    private delegate WireError Fill(Span<byte> frame);

    /// <summary>Reads the bytes as each header, and checks what every reader promises.</summary>
    private static void ReadEverything(byte[] bytes)
    {
        AssertReason(EthernetHeader.TryParse(bytes, out _, out var error), error);
        AssertReason(ArpHeader.TryParse(bytes, out _, out error), error);
        AssertReason(Ipv4Header.TryParse(bytes, out _, out error), error);
        AssertReason(IcmpHeader.TryParse(bytes, out _, out error), error);
        AssertReason(UdpHeader.TryParse(bytes, default, default, out _, out error), error);
        var isTcp = TcpView.TryParse(bytes, out var segment, out error);
        AssertReason(isTcp, error);
        if (isTcp)
        {
            Assert.Equal(bytes.Length, segment.Payload.Length + segment.HeaderLengthBytes);
        }

        var isFrame = FrameParser.TryRead(bytes, out var fields);
        Assert.True(isFrame || fields.Error != WireError.None);
        if (!isFrame)
        {
            Assert.False(fields.HasIpv4 || fields.HasPorts);
            return;
        }

        Assert.InRange(fields.NetworkOffset, 14, bytes.Length);
        var isIpv4 = fields.EtherType == EtherType.Ipv4
            && Ipv4View.TryParse(bytes.AsSpan(fields.NetworkOffset), out _, out _);
        Assert.Equal(isIpv4, fields.HasIpv4);
        if (fields.HasIpv4)
        {
            Assert.InRange(fields.TransportOffset, fields.NetworkOffset + 20, bytes.Length);
            Assert.InRange(fields.EndOffset, fields.TransportOffset, bytes.Length);
        }

        if (fields.HasPorts)
        {
            Assert.InRange(fields.PayloadOffset, fields.TransportOffset + 8, fields.EndOffset);
        }

        ChecksumOffload.Verify(bytes);
    }

    private static void AssertReason(bool isParsed, WireError error) =>
        Assert.Equal(isParsed, error == WireError.None);
}
