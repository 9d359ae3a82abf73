using Disguise.Actors.Time;
using Disguise.Hardware.Captures;

namespace Disguise.Hardware.Tests.Captures;

public class CaptureReaderSpecs
{
    private static readonly byte[] Frame =
        [.. Enumerable.Range(1, 61).Select(value => (byte)value)];

    [Theory]
    [InlineData(false, 0xA1B2C3D4, 1_000_000)]
    [InlineData(true, 0xA1B2C3D4, 1_000_000)]
    [InlineData(false, 0xA1B23C4D, 1_000)]
    [InlineData(true, 0xA1B23C4D, 1_000)]
    public void A_pcap_file_of_either_byte_order_and_resolution_is_read(
        bool isBigEndian, long magic, long unitPs)
    {
        var file = new CaptureBytes(isBigEndian).PcapHeader(magic)
            .Record(1_700_000_000, 999_999, Frame)
            .Record(1_700_000_001, 5, Frame[..60], original: 1_000)
            .Record(1_699_999_999, 0, Frame);
        var reader = new CaptureReader(file.ToStream());
        Assert.True(reader.TryRead(out var first));
        Assert.Equal((1_700_000_000, 999_999 * unitPs), (reader.OriginSeconds, first.TimePs));
        Assert.Equal(Frame, first.Bytes.ToArray());
        Assert.True(first.IsComplete);
        Assert.True(reader.TryRead(out var second));
        Assert.Equal(Picoseconds.PerSecond + (5 * unitPs), second.TimePs);
        Assert.Equal((60, 1_000), (second.Bytes.Length, second.OriginalLengthBytes));
        Assert.False(second.IsComplete);
        Assert.True(reader.TryRead(out var third));
        Assert.Equal(-Picoseconds.PerSecond, third.TimePs);
        Assert.False(reader.TryRead(out _));
        Assert.Equal(new CaptureInterface("", 1, 65_535), Assert.Single(reader.Interfaces));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pcapng_file_of_either_byte_order_is_read_with_all_its_blocks(bool isBigEndian)
    {
        var file = new CaptureBytes(isBigEndian).Section();
        file.Interface(snapLength: 50, options: body => body
                .Option(2, "eth0"u8.ToArray()).Option(9, 9).Option(0))
            .Enhanced(0, 1_700_000_000_000_000_001, Frame[..49], 61, body => body
                .Option(1, "first"u8.ToArray()).Option(1, "second"u8.ToArray())
                .Option(2, isBigEndian ? [0, 0, 0, 2] : [2, 0, 0, 0]))
            .Block(3, body => body.Long(61).Padded(Frame[..50]))
            .Block(5, body => body.Long(0).Long(0).Long(0))
            .Interface(options: body => body.Option(14, body.Quad(-10)))
            .Enhanced(1, 1_700_000_010_000_003, Frame);
        var reader = new CaptureReader(file.ToStream());
        Assert.True(reader.TryRead(out var first));
        Assert.Equal((1_700_000_000, 1_000), (reader.OriginSeconds, first.TimePs));
        Assert.Equal(Frame[..49], first.Bytes.ToArray());
        Assert.Equal(("first", CaptureDirection.Outbound), (first.Comment, first.Direction));
        Assert.True(reader.TryRead(out var simple));
        Assert.Equal(Frame[..50], simple.Bytes.ToArray());
        Assert.Equal((1_000, 61), (simple.TimePs, simple.OriginalLengthBytes));
        Assert.True(reader.TryRead(out var second));
        Assert.Equal((1, 3_000_000), (second.InterfaceIndex, second.TimePs));
        Assert.False(reader.TryRead(out _));
        Assert.Equal(["eth0", ""], reader.Interfaces.Select(described => described.Name));
    }

    [Fact]
    public void A_second_section_has_its_own_byte_order_and_interfaces()
    {
        var file = new CaptureBytes(false).Section().Interface().Enhanced(0, 1, Frame);
        var second = new CaptureBytes(true).Section().Interface().Enhanced(0, 2, Frame);
        using var stream = new MemoryStream([.. file.ToArray(), .. second.ToArray()]);
        var frames = CaptureReader.ReadAll(stream);
        Assert.Equal([(0, 1_000_000L), (1, 2_000_000L)],
            frames.Select(frame => (frame.InterfaceIndex, frame.TimePs)));
    }

    [Theory]
    [InlineData(0, 7, 0)]
    [InlineData(3, 7_250, 250_000_000_000)]
    [InlineData(12, 7_000_000_000_001, 1)]
    [InlineData(13, 70_000_000_000_019, 1)]
    [InlineData(18, 7_000_000_000_000_000_000, 0)]
    [InlineData(0x80 | 2, 29, 250_000_000_000)]
    [InlineData(0x80 | 32, 0x7_4000_0000, 250_000_000_000)]
    public void Every_resolution_gives_its_picoseconds(byte resolution, long units, long timePs)
    {
        var file = new CaptureBytes(false).Section()
            .Interface(options: body => body.Option(9, resolution)).Enhanced(0, units, Frame);
        var reader = new CaptureReader(file.ToStream());
        Assert.True(reader.TryRead(out var frame));
        Assert.Equal((7, timePs), (reader.OriginSeconds, frame.TimePs));
    }

    [Fact]
    public void A_frame_check_sequence_that_the_file_announces_is_taken_off()
    {
        var pcap = new CaptureBytes(false).PcapHeader(link: 0x2400_0001)
            .Record(0, 0, Frame).Record(0, 0, Frame[..59], 61).Record(0, 0, Frame[..40], 61);
        Assert.Equal([(57, 57), (57, 57), (40, 57)], Lengths(pcap));
        var pcapng = new CaptureBytes(false).Section()
            .Interface(options: body => body.Option(13, 32)).Enhanced(0, 0, Frame)
            .Interface().Enhanced(1, 0, Frame)
            .Enhanced(1, 0, Frame, options: body => body.Option(2, 0x80, 0, 0, 0));
        Assert.Equal([(57, 57), (61, 61), (57, 57)], Lengths(pcapng));
    }

    [Fact]
    public void A_damaged_pcap_file_is_refused_with_the_place_of_the_damage()
    {
        Refused("", "byte 0: the file ends inside the magic number of a capture");
        Refused("PNG!", "byte 0: 0x504e4721 is the magic number of neither pcap nor pcapng");
        var file = new CaptureBytes(false).PcapHeader();
        Refused(file.ToArray()[..23], "byte 0: the file ends inside the file header");
        byte[] header = file.ToArray();
        var record = new CaptureBytes(false).Record(0, 0, Frame).ToArray();
        Refused([.. header, .. record[..15]], "byte 24: the file ends inside a record header");
        Refused([.. header, .. record[..16]], "byte 24: the file ends inside a frame");
        Refused([.. header, .. record, .. record[..^1]], "byte 101: the file ends inside a frame");
        header[4] = 3;
        Refused(header, "byte 4: pcap version 3; only 2 is read");
        Refused(Pcap(0, 1_000_000, Frame), "byte 24: 1000000 of 1000000 parts of a second");
        Refused(Pcap(0, 0, Frame, 60), "byte 24: 61 bytes were kept of a frame of 60");
        Refused(
            new CaptureBytes(false).PcapHeader()
                .Long(0).Long(0).Long(262_145).Long(262_145).ToArray(),
            "byte 24: a frame of 262145 bytes; the limit is 262144");
        Refused(
            new CaptureBytes(false).PcapHeader(link: 113).Record(0, 0, Frame).ToArray(),
            "byte 24: a frame of link type 113; only Ethernet (1) is read");
        Refused(
            new CaptureBytes(false).PcapHeader()
                .Record(0, 0, Frame).Record(10_000_000, 0, Frame).ToArray(),
            "byte 101: a time more than 106 days from that of the first frame");
    }

    [Fact]
    public void A_damaged_pcapng_file_is_refused_with_the_place_of_the_damage()
    {
        var section = new CaptureBytes(false).Section().ToArray();
        Refused(section[..11], "byte 0: the file ends inside a section header");
        Refused(section[..^1], "byte 0: the file ends inside a block");
        Refused(Changed(section, 8, 0), "byte 0: 0x1a2b3c00 is no byte-order magic of pcapng");
        Refused(Changed(section, 12, 2), "byte 0: pcapng version 2; only 1 is read");
        Refused(Changed(section, 4, 24),
            "byte 0: a block of 24 bytes; 28 to 16777216 in steps of 4 are possible");
        Refused(Changed(section, 24, 32), "byte 0: a block of 28 bytes says 32 at its end");

        Refused(Pcapng(file => file.Enhanced(0, 0, Frame)),
            "byte 28: interface 0; the section has described 0");
        Refused(Pcapng(file => file.Interface().Enhanced(1, 0, Frame)),
            "byte 48: interface 1; the section has described 1");
        Refused(Pcapng(file => file.Interface(113).Enhanced(0, 0, Frame)),
            "byte 48: a frame of link type 113; only Ethernet (1) is read");
        Refused(Pcapng(file => file.Interface(options: body => body.Word(2).Word(9).Long(0))),
            "byte 28: option 2 of 9 bytes runs out of its block");
        Refused(Pcapng(file => file.Interface(options: body => body.Option(9, 1, 2))),
            "byte 28: option 9 has 2 bytes, not 1");
        Refused(Pcapng(file => file.Interface(options: body => body.Option(9, 20))),
            "byte 28: times in 10^-20 seconds are not read");
        Refused(Pcapng(file => file.Interface(options: body => body.Option(9, 0xC0))),
            "byte 28: times in 2^-64 seconds are not read");
        Refused(Pcapng(file => file.Interface().Block(6, body => body
            .Long(0).Long(0).Long(0).Long(61).Long(61).Raw(new byte[60]))),
            "byte 48: a frame of 61 bytes runs out of its block");
        Refused(Pcapng(file => file.Interface().Block(3, body => body.Long(61).Long(0))),
            "byte 48: a frame of 61 bytes runs out of its block");
        Refused(Pcapng(file => file.Block(2, body => body.Long(0))),
            "byte 28: an obsolete packet block (type 2); editcap converts it");
        Refused(Pcapng(file => file.Long(99).Long(0x7FFF_FFFC)),
            "byte 28: a block of 2147483644 bytes; 12 to 16777216 in steps of 4 are possible");
        Refused(Pcapng(file => file.Long(99).Long(1_000_000).Raw(new byte[70_000])),
            "byte 28: the file ends inside a block of type 99");
        Refused(Pcapng(file => file.Raw(6)), "byte 28: the file ends inside a block");
        Refused(
            Pcapng(file => file
                .Interface(options: body => body.Option(9, 0).Option(14, body.Quad(long.MaxValue)))
                .Enhanced(0, 1, Frame)),
            "byte 68: a time of 9223372036854775808 seconds");
    }

    [Fact]
    public void More_frames_than_the_limit_are_refused()
    {
        var file = Pcapng(bytes => bytes.Interface().Enhanced(0, 0, Frame).Enhanced(0, 0, Frame));
        Assert.Equal(2, CaptureReader.ReadAll(new MemoryStream(file), 2).Count);
        var refusal = Assert.Throws<CaptureFormatException>(
            () => CaptureReader.ReadAll(new MemoryStream(file), 1));
        Assert.Equal("byte 144: more than 1 frames", refusal.Message);
        Assert.Equal(144, refusal.Offset);
    }

    private static IEnumerable<(int, int)> Lengths(CaptureBytes file) =>
        CaptureReader.ReadAll(file.ToStream())
            .Select(frame => (frame.Bytes.Length, frame.OriginalLengthBytes));

    private static byte[] Pcap(long seconds, long fraction, byte[] frame, int? original = null) =>
        new CaptureBytes(false).PcapHeader().Record(seconds, fraction, frame, original).ToArray();

    private static byte[] Pcapng(Action<CaptureBytes> write)
    {
        var file = new CaptureBytes(false).Section();
        write(file);
        return file.ToArray();
    }

    private static byte[] Changed(byte[] bytes, int offset, byte value)
    {
        var copy = bytes.ToArray();
        copy[offset] = value;
        return copy;
    }

    private static void Refused(string text, string message) =>
        Refused([.. text.Select(character => (byte)character)], message);

    private static void Refused(byte[] file, string message) => Assert.Equal(
        message,
        Assert.Throws<CaptureFormatException>(
            () => CaptureReader.ReadAll(new MemoryStream(file))).Message);
}
