using System.Globalization;
using Disguise.Actors.Time;
using Disguise.Hardware.Captures;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Captures;

/// <summary>What we write is read by Wireshark's programs, and what they write by us.</summary>
public class WiresharkSpecs
{
    private static readonly string[] CheckAll =
        ["-n", "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"];

    [RequiresProgramFact("tshark")]
    public void Tshark_finds_no_malformed_frame_and_no_bad_checksum()
    {
        using var programs = new ExternalProgram();
        var file = WriteSamples(programs);
        Assert.Equal("", Select(programs, file,
            "_ws.malformed or _ws.expert.severity >= 6291456 or ip.checksum.status == 0"
            + " or udp.checksum.status == 0 or icmp.checksum.status == 0"));

        // The checks were made: every IPv4, UDP and ICMP frame has a checksum found good.
        var udp = SampleFrames.All.Count(frame => Protocol(frame) == IpProtocol.Udp);
        var icmp = SampleFrames.All.Count(frame => Protocol(frame) == IpProtocol.Icmp);
        Assert.Equal(udp, Lines(Select(programs, file, "udp.checksum.status == 1")).Length);
        Assert.Equal(icmp, Lines(Select(programs, file, "icmp.checksum.status == 1")).Length);
        Assert.Equal(
            udp + icmp, Lines(Select(programs, file, "ip.checksum.status == 1")).Length);
        Assert.Equal(4, Lines(Select(programs, file, "arp")).Length);
        Assert.Equal(
            SampleFrames.All.Count / 2, Lines(Select(programs, file, "vlan.id == 42")).Length);
    }

    [RequiresProgramFact("tshark")]
    public void Tshark_finds_each_checksum_that_a_flipped_bit_made_bad()
    {
        using var programs = new ExternalProgram();
        var file = programs.PathOf("bad.pcapng");
        using (var writer = new PcapngWriter(File.Create(file)))
        {
            writer.AddInterface("client.nic");
            var sound = SampleFrames.All.First(frame => Protocol(frame) == IpProtocol.Udp);
            var frame = sound.ToArray();
            frame[14 + 8] ^= 1;
            frame[14 + 20 + 1] ^= 1;
            writer.Write(0, 0, frame);
        }

        Assert.Single(Lines(Select(
            programs, file, "ip.checksum.status == 0 and udp.checksum.status == 0")));
    }

    [RequiresProgramFact("tshark")]
    public void Tshark_shows_interface_time_direction_and_comment_exactly()
    {
        using var programs = new ExternalProgram();
        var file = programs.PathOf("named.pcapng");
        var frame = SampleFrames.All[0];
        using (var writer = new PcapngWriter(File.Create(file), snapLengthBytes: 40))
        {
            var first = writer.AddInterface("server.nic.vf[0]", 10_000_000_000);
            writer.Write(first, 0, frame, CaptureDirection.Inbound);
            writer.Write(first, 1_999, frame, CaptureDirection.Outbound, "dropped: no filter");
            var second = writer.AddInterface("client.nic");
            writer.Write(second, 123_456_789_012_345, frame);
            writer.Write(first, 9_000_000 * Picoseconds.PerSecond, frame, comment: "käse");
        }

        var shown = programs.Run(
            "tshark", "-r", file, "-T", "fields", "-E", "separator=|",
            "-e", "frame.interface_name", "-e", "frame.time_epoch",
            "-e", "frame.packet_flags_direction", "-e", "frame.comment",
            "-e", "frame.cap_len", "-e", "frame.len");
        Assert.Equal(
            [
                "server.nic.vf[0]|0.000000000|0x00000001||40|60",
                "server.nic.vf[0]|0.000000001|0x00000002|dropped: no filter|40|60",
                "client.nic|123.456789012|||40|60",
                "server.nic.vf[0]|9000000.000000000||käse|40|60",
            ],
            Lines(shown));
    }

    [RequiresProgramFact("text2pcap editcap mergecap tshark")]
    public void Captures_of_Wireshark_are_read_alike_in_pcap_nanosecond_pcap_and_pcapng()
    {
        using var programs = new ExternalProgram();
        File.WriteAllLines(programs.PathOf("hex.txt"), SampleFrames.All.Select((frame, index) =>
            string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000 + index}.{index:D9}\n")
            + $"000000 {string.Join(' ', frame.Select(octet => octet.ToString("x2")))}\n"));
        programs.Run("text2pcap", "-t", "%s.%f", "hex.txt", "whole.pcapng");
        programs.Run("editcap", "-F", "nsecpcap", "whole.pcapng", "nano.pcap");
        programs.Run("editcap", "-F", "pcap", "whole.pcapng", "micro.pcap");
        programs.Run("editcap", "-r", "whole.pcapng", "head.pcapng", "1-10");
        programs.Run("editcap", "whole.pcapng", "tail.pcapng", "1-10");
        programs.Run("mergecap", "-a", "-w", "merged.pcapng", "head.pcapng", "tail.pcapng");

        foreach (var (name, unitPs) in new[]
            { ("whole.pcapng", 1_000), ("merged.pcapng", 1_000), ("nano.pcap", 1_000),
              ("micro.pcap", 1_000_000) })
        {
            using var stream = File.OpenRead(programs.PathOf(name));
            var reader = new CaptureReader(stream);
            for (var index = 0; index < SampleFrames.All.Count; index++)
            {
                var frame = SampleFrames.All[index];
                Assert.True(reader.TryRead(out var captured), name);
                Assert.Equal(frame, captured.Bytes.ToArray());
                Assert.Equal(frame.Length, captured.OriginalLengthBytes);
                var time = (index * Picoseconds.PerSecond) + (index * 1_000L / unitPs * unitPs);
                Assert.Equal(time, captured.TimePs);
            }

            Assert.False(reader.TryRead(out _));
            Assert.Equal(1_700_000_000, reader.OriginSeconds);
        }
    }

    [RequiresProgramFact("editcap capinfos")]
    public void What_we_wrote_survives_a_journey_through_editcap()
    {
        using var programs = new ExternalProgram();
        var file = WriteSamples(programs);
        programs.Run("editcap", file, "copy.pcapng");
        programs.Run("editcap", "-F", "nsecpcap", file, "copy.pcap");
        Assert.Contains(
            $"{SampleFrames.All.Count}\n", programs.Run("capinfos", "-T", "-c", "-r", file)
                .Replace('\t', '\n'));
        var written = ReadAll(file);
        foreach (var copy in new[] { "copy.pcapng", "copy.pcap" })
        {
            var read = ReadAll(programs.PathOf(copy));
            Assert.Equal(written.Select(Shown), read.Select(Shown));
        }
    }

    private static (long, int, string) Shown(CapturedFrame frame) =>
        (frame.TimePs, frame.OriginalLengthBytes, Convert.ToHexString(frame.Bytes.Span));

    private static IReadOnlyList<CapturedFrame> ReadAll(string file)
    {
        using var stream = File.OpenRead(file);
        return CaptureReader.ReadAll(stream);
    }

    private static string WriteSamples(ExternalProgram programs)
    {
        var file = programs.PathOf("samples.pcapng");
        using var writer = new PcapngWriter(File.Create(file));
        writer.AddInterface("server.nic.vf[0]");
        writer.AddInterface("server.nic.vf[1]");
        for (var index = 0; index < SampleFrames.All.Count; index++)
        {
            writer.Write(index % 2, index * 1_234_567L, SampleFrames.All[index]);
        }

        return file;
    }

    private static string Select(ExternalProgram programs, string file, string filter) =>
        programs.Run("tshark", [.. CheckAll, "-r", file, "-Y", filter]);

    private static string[] Lines(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IpProtocol Protocol(byte[] frame)
    {
        FrameParser.TryRead(frame, out var fields);
        return fields.Protocol;
    }
}
