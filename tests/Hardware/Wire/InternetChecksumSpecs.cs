using CsCheck;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Wire;

public class InternetChecksumSpecs
{
    [Fact]
    public void The_example_of_RFC_1071_section_3_sums_to_ddf2()
    {
        byte[] bytes = [0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7];
        Assert.Equal(0xddf2u, InternetChecksum.Sum(bytes));
        Assert.Equal(0x220d, InternetChecksum.Compute(bytes));
    }

    [Fact]
    public void Any_bytes_at_any_alignment_sum_as_word_by_word() =>
        Gen.Select(Gen.Byte.Array[0, 400], Gen.Int[0, 40]).Sample((bytes, skipped) =>
        {
            var part = bytes.AsSpan(Math.Min(skipped, bytes.Length));
            Assert.Equal(WordByWord(part), InternetChecksum.Sum(part));
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1_500)]
    [InlineData(65_535)]
    public void All_ones_carry_around_at_every_length(int lengthBytes)
    {
        var bytes = new byte[lengthBytes];
        bytes.AsSpan().Fill(0xFF);
        Assert.Equal(WordByWord(bytes), InternetChecksum.Sum(bytes));
    }

    [Fact]
    public void Pieces_of_even_length_combine_to_the_whole() =>
        Gen.Select(Gen.Byte.Array[0, 200], Gen.Int[0, 100]).Sample((bytes, half) =>
        {
            var cut = Math.Min(half * 2, bytes.Length & ~1);
            Assert.Equal(InternetChecksum.Sum(bytes), InternetChecksum.Combine(
                InternetChecksum.Sum(bytes.AsSpan(0, cut)),
                InternetChecksum.Sum(bytes.AsSpan(cut))));
        });

    [Fact]
    public void The_example_of_RFC_1624_section_4_updates_to_zero() =>
        Assert.Equal(0x0000, InternetChecksum.Update(0xdd2f, (ushort)0x5555, (ushort)0x3285));

    [Fact]
    public void An_incremental_update_equals_the_recomputed_checksum() =>
        Gen.Select(WireGen.Ipv4, Gen.Byte, WireGen.Address).Sample((header, hops, source) =>
        {
            var old = Emit(header);
            var forwarded = Emit(header with { TimeToLive = hops });
            Assert.Equal(Word(forwarded, 10), InternetChecksum.Update(
                Word(old, 10), Word(old, 8), Word(forwarded, 8)));
            var translated = Emit(header with { Source = source });
            Assert.Equal(Word(translated, 10), InternetChecksum.Update(
                Word(old, 10), header.Source.Value, source.Value));
        });

    [Fact]
    public void The_pseudo_header_sums_like_its_bytes() => Gen.Select(
        WireGen.Address, WireGen.Address, Gen.Int[0, 65_535]).Sample((from, to, length) =>
        {
            var bytes = new byte[12];
            from.Write(bytes);
            to.Write(bytes.AsSpan(4));
            (bytes[9], bytes[10], bytes[11]) = (17, (byte)(length >> 8), (byte)length);
            Assert.Equal(
                WordByWord(bytes),
                InternetChecksum.SumPseudoHeader(from, to, IpProtocol.Udp, length));
        });

    [Fact]
    public void Every_single_bit_flip_is_noticed() => Gen.Select(
        WireGen.Ipv4, Gen.Int[0, 159]).Sample((header, bit) =>
        {
            var bytes = Emit(header);
            Assert.True(InternetChecksum.IsValid(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(InternetChecksum.IsValid(bytes));
        });

    private static byte[] Emit(Ipv4Header header)
    {
        var bytes = new byte[Ipv4Header.LengthBytes];
        header.Emit(bytes);
        return bytes;
    }

    private static ushort Word(byte[] bytes, int offset) =>
        (ushort)((bytes[offset] << 8) | bytes[offset + 1]);

    private static uint WordByWord(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var index = 0; index < bytes.Length; index += 2)
        {
            sum += (uint)bytes[index] << 8;
            sum += index + 1 < bytes.Length ? bytes[index + 1] : 0u;
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return sum;
    }
}
