using CsCheck;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Microkernel.Servers;
using Xunit;

namespace Disguise.Kernels.Tests.Microkernel.Servers;

/// <summary>Descriptors as words of a message.</summary>
public sealed class BufferWordSpecs
{
    [Fact]
    public void A_packet_comes_out_of_a_word_as_it_went_in() =>
        Gen.Select(Gen.UShort, Gen.Int[0, ushort.MaxValue], Gen.Int[0, ushort.MaxValue], Gen.Bool)
            .Sample(fields =>
            {
                var (buffer, offset, length, needs) = fields;
                var packet = new Packet(buffer, offset, length, NeedsChecksums: needs);
                var word = BufferWord.Of(BufferWordKind.Transmit, packet);

                Assert.Equal(packet, word.Packet);
                Assert.Equal(BufferWordKind.Transmit, word.Kind);
                Assert.Equal(buffer, word.Buffer);
                Assert.Equal(offset + length <= QueueLayout.BufferBytes, word.IsInBuffer);
            });

    [Fact]
    public void Of_any_word_that_another_domain_made_up_the_buffer_and_its_bounds_can_be_asked() =>
        Gen.ULong.Sample(value =>
        {
            var word = new BufferWord(value);
            var packet = word.Packet;
            Assert.Equal(
                packet.OffsetBytes + packet.LengthBytes <= QueueLayout.BufferBytes,
                word.IsInBuffer);
            Assert.Equal((ushort)value, packet.Buffer);
        });
}
