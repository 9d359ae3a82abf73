using CsCheck;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.Sockets;

namespace Disguise.Kernels.Tests.Monolithic;

public class ReceiveBufferSpecs
{
    private const int LimitBytes = 212_992;

    [Fact]
    public void It_is_a_queue_that_counts_memory_and_not_bytes()
    {
        // A positive number adds a datagram of so many bytes, 0 takes one.
        Gen.OneOf(Gen.Int[60, 1_514], Gen.Const(0)).Array[1, 400].Sample(orders =>
        {
            var buffer = new ReceiveBuffer(LimitBytes / 8);
            var model = new Queue<Datagram>();
            var token = 0L;
            foreach (var bytes in orders)
            {
                var used = model.Sum(
                    one => BufferSpace.OfReceived(one.Packet.LengthBytes));
                Assert.Equal(used, buffer.UsedBytes);
                if (bytes == 0)
                {
                    Assert.Equal(model.TryDequeue(out var expected), buffer.TryTake(out var got));
                    Assert.Equal(expected, got);
                    continue;
                }

                var datagram = Of(bytes, ++token);
                var fits = used < LimitBytes / 8;
                Assert.Equal(!fits, buffer.IsFull);
                Assert.Equal(fits, buffer.TryAdd(datagram));
                if (fits)
                    model.Enqueue(datagram);
            }
        });
    }

    // Linux: rmem_default is 256 packets of at most 256 bytes; a longer one has half a page. The
    // last one is taken while the others leave any room at all.
    [Theory]
    [InlineData(60, 256)]
    [InlineData(256, 256)]
    [InlineData(257, 74)]
    [InlineData(1_066, 74)]
    public void The_default_limit_holds_so_many_packets(int frameBytes, int expected)
    {
        var buffer = new ReceiveBuffer(LimitBytes);
        while (buffer.TryAdd(Of(frameBytes, 1)))
        {
        }

        Assert.Equal(expected, buffer.Count);
    }

    [Theory]
    [InlineData(60, 1_088)]
    [InlineData(1_066, 2_624)]
    public void A_packet_to_be_sent_takes_a_power_of_two_and_its_structure(
        int bytes, int expected) =>
        Assert.Equal(expected, BufferSpace.OfSent(bytes));

    private static Datagram Of(int frameBytes, long token) => new(
        new Packet(1, 0, frameBytes), 0, 42, frameBytes - 42, Ipv4Address.Any, 5, token, false);
}
