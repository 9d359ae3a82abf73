using System.Text;
using CsCheck;
using Disguise.Hardware.Captures;

namespace Disguise.Hardware.Tests.Captures;

public class PcapngWriterSpecs
{
    [Fact]
    public void Everything_that_was_written_is_read_back() => Gen.Select(
        Gen.Int[0, 3],
        Gen.Long[0, 9_000_000_000_000],
        Gen.Byte.Array[0, 300],
        Gen.Int[0, 2],
        Gen.String[0, 30]).List[0, 30].Sample(written =>
        {
            using var stream = new MemoryStream();
            using (var writer = new PcapngWriter(stream, leaveOpen: true))
            {
                for (var index = 0; index < 4; index++)
                {
                    Assert.Equal(index, writer.AddInterface($"server.nic.vf[{index}]", 1_000));
                }

                foreach (var (face, timePs, frame, direction, comment) in written)
                {
                    writer.Write(face, timePs, frame, (CaptureDirection)direction, comment);
                }
            }

            stream.Position = 0;
            var reader = new CaptureReader(stream);
            foreach (var (face, timePs, frame, direction, comment) in written)
            {
                Assert.True(reader.TryRead(out var read));
                var sincePs = timePs - (reader.OriginSeconds * 1_000_000_000_000);
                var wellFormed = comment.Length == 0
                    ? null
                    : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(comment));
                Assert.Equal(
                    (face, sincePs - (timePs % 1_000), (CaptureDirection)direction, wellFormed),
                    (read.InterfaceIndex, read.TimePs, read.Direction, read.Comment));
                Assert.Equal(frame, read.Bytes.ToArray());
            }

            Assert.False(reader.TryRead(out _));
        });

    [Fact]
    public void What_exceeds_the_snap_length_is_cut_and_the_length_is_kept()
    {
        using var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, snapLengthBytes: 64, leaveOpen: true))
        {
            writer.AddInterface("client.nic");
            writer.Write(0, 0, new byte[1_514]);
        }

        stream.Position = 0;
        var frame = Assert.Single(CaptureReader.ReadAll(stream));
        Assert.Equal((64, 1_514), (frame.Bytes.Length, frame.OriginalLengthBytes));
    }

    [Fact]
    public void The_longest_frame_is_kept_whole()
    {
        using var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, leaveOpen: true))
        {
            writer.AddInterface("client.nic");
            writer.Write(0, 0, new byte[60]);
            writer.Write(0, 0, new byte[CaptureLimits.MaximumFrameBytes]);
        }

        stream.Position = 0;
        Assert.True(CaptureReader.ReadAll(stream)[1].IsComplete);
    }

    [Fact]
    public void A_flushed_file_is_readable_while_it_grows()
    {
        using var stream = new MemoryStream();
        using var writer = new PcapngWriter(stream);
        writer.AddInterface("client.nic");
        for (var frames = 1; frames < 5; frames++)
        {
            writer.Write(0, frames, new byte[60]);
            writer.Flush();
            Assert.Equal(frames, CaptureReader.ReadAll(new MemoryStream(stream.ToArray())).Count);
        }
    }

    [Fact]
    public void Only_whole_blocks_reach_the_stream()
    {
        using var stream = new MemoryStream();
        using var writer = new PcapngWriter(stream);
        writer.AddInterface("client.nic");
        var before = 0L;
        for (var frames = 0; frames < 2_000; frames++)
        {
            writer.Write(0, frames, new byte[100]);
            if (stream.Length != before)
            {
                before = stream.Length;
                CaptureReader.ReadAll(new MemoryStream(stream.ToArray()));
            }
        }

        Assert.True(before > 0);
    }

    [Fact]
    public void A_closed_writer_takes_nothing_more_and_closes_once()
    {
        var stream = new MemoryStream();
        var writer = new PcapngWriter(stream);
        writer.AddInterface("client.nic");
        writer.Dispose();
        writer.Dispose();
        Assert.False(stream.CanWrite);
        Assert.Throws<ObjectDisposedException>(() => writer.Write(0, 0, new byte[60]));
        Assert.Throws<ObjectDisposedException>(writer.Flush);
    }

    [Fact]
    public void After_an_error_of_the_stream_nothing_more_is_written()
    {
        var stream = new FullStream(roomBytes: 10);
        var writer = new PcapngWriter(stream);
        writer.AddInterface("client.nic");
        Assert.Throws<IOException>(writer.Flush);
        stream.RoomBytes = 1_000;
        Assert.Contains("failed", Assert.Throws<IOException>(writer.Flush).Message);
        writer.Dispose();
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void Wrong_arguments_are_refused_and_leave_the_file_whole()
    {
        using var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, leaveOpen: true))
        {
            var text = new string('x', CaptureLimits.MaximumTextBytes + 1);
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(0, 0, default));
            writer.AddInterface("client.nic");
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(1, 0, default));
            Assert.Throws<ArgumentOutOfRangeException>(() => writer.Write(0, -1, default));
            Assert.Throws<ArgumentException>(() => writer.AddInterface(text));
            Assert.Throws<ArgumentException>(() => writer.Write(0, 0, default, default, text));
            writer.Write(0, 0, new byte[60], default, text[1..]);
        }

        stream.Position = 0;
        Assert.Equal(
            CaptureLimits.MaximumTextBytes,
            Assert.Single(CaptureReader.ReadAll(stream)).Comment!.Length);
    }

    [Fact]
    public void Interfaces_have_a_limit()
    {
        using var writer = new PcapngWriter(Stream.Null);
        while (writer.InterfaceCount < CaptureLimits.MaximumInterfaces)
        {
            writer.AddInterface("x");
        }

        Assert.Throws<InvalidOperationException>(() => writer.AddInterface("x"));
    }

    [Fact]
    public void Writing_a_frame_allocates_nothing()
    {
        using var writer = new PcapngWriter(Stream.Null);
        writer.AddInterface("client.nic");
        var frame = new byte[1_514];
        writer.Write(0, 0, frame, CaptureDirection.Inbound, "warm");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < 1_000; index++)
        {
            writer.Write(0, index, frame, CaptureDirection.Inbound, "dropped");
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>A disk that is full after some bytes.</summary>
    private sealed class FullStream(int roomBytes) : MemoryStream
    {
        public int RoomBytes { get; set; } = roomBytes;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > RoomBytes)
            {
                throw new IOException("no space left on device");
            }

            base.Write(buffer);
        }

        public override long Length => base.CanRead ? base.Length : 0;
    }
}
