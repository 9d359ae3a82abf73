using CsCheck;
using Disguise.Hardware.Memory;
using Xunit;

namespace Disguise.Hardware.Tests.Memory;

public class PhysicalMemorySpecs
{
    private const long SizeBytes = 64 * Frame.SizeBytes;

    [Fact]
    public void Untouched_memory_reads_as_zero_and_stays_untouched()
    {
        var memory = new PhysicalMemory(SizeBytes);
        var bytes = new byte[1000];
        bytes.AsSpan().Fill(0xFF);

        memory.Read(123, bytes);

        Assert.All(bytes, value => Assert.Equal(0, value));
        Assert.Equal(0UL, memory.ReadUInt64(SizeBytes - 8));
        Assert.Equal(0, memory.TouchedBytes);
    }

    [Fact]
    public void One_written_byte_costs_one_line()
    {
        var memory = new PhysicalMemory(SizeBytes);

        memory.Write(4096, [7]);

        Assert.Equal(PhysicalMemory.LineSizeBytes, memory.TouchedBytes);
        Assert.Equal(7, memory.ReadUInt16(4096));
    }

    [Fact]
    public void Numbers_are_little_endian_across_a_line_too()
    {
        var memory = new PhysicalMemory(SizeBytes);
        var bytes = new byte[8];

        memory.WriteUInt64(125, 0x0807060504030201);
        memory.Read(125, bytes);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], bytes);
        Assert.Equal(0x0807060504030201UL, memory.ReadUInt64(125));
        Assert.Equal(0x05040302U, memory.ReadUInt32(126));
        Assert.Equal((ushort)0x0403, memory.ReadUInt16(127));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(SizeBytes, 1)]
    [InlineData(SizeBytes - 3, 4)]
    [InlineData(long.MaxValue, 8)]
    [InlineData(long.MinValue, 8)]
    public void An_address_outside_is_our_bug_and_throws(long address, int length)
    {
        var memory = new PhysicalMemory(SizeBytes);

        Assert.Throws<InvalidOperationException>(() => memory.Read(address, new byte[length]));
        Assert.Throws<InvalidOperationException>(() => memory.Write(address, new byte[length]));
        Assert.Throws<InvalidOperationException>(() => memory.Copy(0, address, length));
        Assert.Equal(0, memory.TouchedBytes);
    }

    [Fact]
    public void A_released_frame_reads_as_zero_for_its_next_owner()
    {
        var memory = new PhysicalMemory(SizeBytes);
        memory.WriteUInt64(Frame.AddressOf(3), ulong.MaxValue);
        memory.WriteUInt64(Frame.AddressOf(4) - 8, ulong.MaxValue);
        memory.WriteUInt64(Frame.AddressOf(4), 5);

        memory.ReleaseFrame(3);

        Assert.Equal(0UL, memory.ReadUInt64(Frame.AddressOf(3)));
        Assert.Equal(0UL, memory.ReadUInt64(Frame.AddressOf(4) - 8));
        Assert.Equal(5UL, memory.ReadUInt64(Frame.AddressOf(4)));
        Assert.Equal(PhysicalMemory.LineSizeBytes, memory.TouchedBytes);
        memory.WriteUInt16(Frame.AddressOf(3) + 6, 1);
        Assert.Equal(1UL << 48, memory.ReadUInt64(Frame.AddressOf(3)));
    }

    [Fact]
    public void Copying_nothing_onto_nothing_touches_no_line()
    {
        var memory = new PhysicalMemory(SizeBytes);
        memory.Write(8192, [1, 2, 3]);

        memory.Copy(4096, 20000, 4096);
        memory.Copy(4096, 8192, 2);

        Assert.Equal(PhysicalMemory.LineSizeBytes, memory.TouchedBytes);
        Assert.Equal(0x0003_0000U, memory.ReadUInt32(8192));
    }

    [Fact]
    public void A_touched_line_costs_about_twelve_bytes_more_than_it_holds()
    {
        var memory = new PhysicalMemory(1L << 32);
        for (long line = 0; line < 100_000; line++) memory.WriteUInt64(line * 1408, 1);

        Assert.Equal(100_000L * PhysicalMemory.LineSizeBytes, memory.TouchedBytes);
        Assert.InRange(memory.OverheadBytes / 100_000.0, 8, 13.5);
    }

    [Fact]
    public void Any_sequence_of_operations_agrees_with_a_dictionary_of_bytes()
    {
        var operation = Gen.Select(
            Gen.Int[0, 5], Gen.Long[0, SizeBytes - 1], Gen.Long[0, SizeBytes - 1],
            Gen.Int[0, 700], Gen.ULong);
        operation.Array[1, 120].Sample(
            operations =>
            {
                var memory = new PhysicalMemory(SizeBytes);
                var model = new Dictionary<long, byte>();
                foreach (var (kind, address, other, length, value) in operations)
                {
                    Apply(memory, model, kind, address, other, length, value);
                }
                var bytes = new byte[SizeBytes];
                memory.Read(0, bytes);
                for (long at = 0; at < SizeBytes; at++)
                {
                    if (bytes[at] != model.GetValueOrDefault(at)) return false;
                }
                return true;
            },
            iter: 300);
    }

    private static void Apply(
        PhysicalMemory memory, Dictionary<long, byte> model, int kind, long address, long other,
        int length, ulong value)
    {
        length = (int)Math.Min(length, SizeBytes - Math.Max(address, other));
        var bytes = new byte[length];
        for (var index = 0; index < length; index++) bytes[index] = (byte)(value >> (index & 63));
        switch (kind)
        {
            case 0:
                memory.Write(address, bytes);
                for (var index = 0; index < length; index++) model[address + index] = bytes[index];
                break;
            case 1 when address <= SizeBytes - 8:
                memory.WriteUInt64(address, value);
                Put(model, address, value, 8);
                Assert.Equal(value, memory.ReadUInt64(address));
                break;
            case 2 when address <= SizeBytes - 8:
                memory.WriteUInt32(address, (uint)value);
                memory.WriteUInt16(address + 5, (ushort)value);
                Put(model, address, value, 4);
                Put(model, address + 5, value, 2);
                break;
            case 3:
                memory.ReleaseFrame(Frame.NumberOf(address));
                var first = Frame.AddressOf(Frame.NumberOf(address));
                for (var at = first; at < first + Frame.SizeBytes; at++) model.Remove(at);
                break;
            case 4:
                memory.Copy(address, other, length);
                var moved = new byte[length];
                for (var index = 0; index < length; index++)
                {
                    moved[index] = model.GetValueOrDefault(address + index);
                }
                for (var index = 0; index < length; index++) model[other + index] = moved[index];
                break;
            default:
                // Overlapping copies, near in either direction.
                var near = Math.Clamp(address + (long)(value % 300) - 150, 0, SizeBytes - 701);
                Apply(memory, model, 4, Math.Min(address, SizeBytes - 701), near, length, value);
                break;
        }
    }

    private static void Put(Dictionary<long, byte> model, long address, ulong value, int length)
    {
        for (var index = 0; index < length; index++)
        {
            model[address + index] = (byte)(value >> (8 * index));
        }
    }
}
