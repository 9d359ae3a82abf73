using System.Buffers.Binary;
using CsCheck;
using Disguise.LibOS.ExOS.Ipc;

namespace Disguise.LibOS.Tests.ExOS.Ipc;

/// <summary>The circular buffer of a pipe against a queue, and against a hostile other end.
/// </summary>
public sealed class CircularBufferSpecs
{
    private const int Offset = 128;
    private const int HeaderWords = 4;

    [Fact]
    public void Bytes_come_out_as_they_went_in_whatever_the_pieces() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 1_500]).Array[1, 60].Sample(steps =>
        {
            var (writer, reader, _) = Ends();
            var model = new Queue<byte>();
            byte next = 0;
            foreach (var (isWrite, length) in steps)
            {
                var bytes = new byte[length];
                if (isWrite)
                {
                    foreach (ref var value in bytes.AsSpan())
                        value = next++;
                    var written = writer.Write(bytes);
                    Assert.Equal(
                        Math.Min(length, CircularBuffer.CapacityBytes - model.Count), written);
                    next = (byte)(next - (length - written));
                    foreach (var value in bytes[..written])
                        model.Enqueue(value);
                }
                else
                {
                    var read = reader.Read(bytes);
                    Assert.Equal(Math.Min(length, model.Count), read);
                    foreach (var value in bytes[..read])
                        Assert.Equal(model.Dequeue(), value);
                }
            }
        });

    [Fact]
    public void A_full_buffer_takes_nothing_and_an_empty_one_gives_nothing()
    {
        var (writer, reader, _) = Ends();
        Assert.Equal(0, reader.Read(new byte[4]));
        Assert.Equal(
            CircularBuffer.CapacityBytes, writer.Write(new byte[CircularBuffer.CapacityBytes + 9]));
        Assert.Equal(0, writer.Write(new byte[1]));
        Assert.Equal(1, reader.Read(new byte[1]));
        Assert.Equal(1, writer.Write(new byte[2]));
    }

    [Fact]
    public void What_was_written_before_the_end_is_read_before_the_end()
    {
        var (writer, reader, _) = Ends();
        writer.Write([1, 2, 3]);
        writer.CloseWriter();
        Assert.Equal(2, reader.Read(new byte[2]));
        Assert.Equal(1, reader.Read(new byte[2]));
        Assert.Equal(-1, reader.Read(new byte[2]));
    }

    [Fact]
    public void Nobody_writes_to_a_reader_that_has_closed()
    {
        var (writer, reader, _) = Ends();
        reader.CloseReader();
        Assert.Equal(-1, writer.Write([1]));
    }

    [Fact]
    public void Memory_that_is_gone_is_the_end()
    {
        var (writer, reader, memory) = Ends();
        writer.Write([1, 2]);
        memory.IsGone = true;
        Assert.Equal(-1, reader.Read(new byte[2]));
        Assert.Equal(-1, writer.Write([1]));
    }

    [Fact]
    public void Garbage_of_the_other_end_reaches_nothing_outside_the_buffer() =>
        Gen.Select(Gen.UInt, Gen.Int[0, HeaderWords - 1], Gen.Bool, Gen.Int[1, 2_000])
            .Array[1, 60].Sample(steps =>
            {
                var (writer, reader, memory) = Ends();
                foreach (var (garbage, word, isWrite, length) in steps)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(
                        memory.Bytes.AsSpan(Offset + (word * sizeof(uint))), garbage);
                    var moved = isWrite
                        ? writer.Write(new byte[length]) : reader.Read(new byte[length]);
                    Assert.InRange(moved, -1, Math.Min(length, CircularBuffer.CapacityBytes));
                }

                // What lies around the buffer is as it was.
                Assert.All(memory.Bytes[..Offset], value => Assert.Equal(0xEE, value));
                Assert.All(
                    memory.Bytes[(Offset + CircularBuffer.SizeBytes)..],
                    value => Assert.Equal(0xEE, value));
            });

    [Theory]
    [InlineData(0, CircularBuffer.CapacityBytes + 1u)]
    [InlineData(0, 0xFFFF_0000u)]
    [InlineData(0, 1u << 31)]
    public void A_counter_that_cannot_be_is_a_broken_pipe(int word, uint value)
    {
        var (writer, reader, memory) = Ends();
        Store(memory, word, value);
        Assert.Equal(-1, writer.Write([1]));
        Store(memory, word, 0);
        Store(memory, 1, value);
        Assert.Equal(-1, reader.Read(new byte[1]));
    }

    private static void Store(Bytewise memory, int word, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(
            memory.Bytes.AsSpan(Offset + (word * sizeof(uint))), value);

    private static (CircularBuffer Writer, CircularBuffer Reader, Bytewise Memory) Ends()
    {
        var memory = new Bytewise();
        memory.Bytes.AsSpan().Fill(0xEE);
        memory.Bytes.AsSpan(Offset, CircularBuffer.SizeBytes).Clear();
        return (new CircularBuffer(memory, Offset), new CircularBuffer(memory, Offset), memory);
    }

    private sealed class Bytewise : IPipeMemory
    {
        public byte[] Bytes { get; } = new byte[4_096];

        public bool IsGone { get; set; }

        public bool TryRead(int offset, Span<byte> destination)
        {
            Bytes.AsSpan(offset, destination.Length).CopyTo(destination);
            return !IsGone;
        }

        public bool TryWrite(int offset, ReadOnlySpan<byte> source)
        {
            if (!IsGone)
                source.CopyTo(Bytes.AsSpan(offset));
            return !IsGone;
        }
    }
}
