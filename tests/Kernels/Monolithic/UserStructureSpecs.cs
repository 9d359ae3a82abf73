using Disguise.Hardware.Wire;
using Disguise.Kernels.Monolithic.SystemCalls;

namespace Disguise.Kernels.Tests.Monolithic;

public class UserStructureSpecs
{
    [Fact]
    public void An_internet_address_has_the_bytes_of_linux()
    {
        Span<byte> bytes = stackalloc byte[SocketAddress.LengthBytes];
        bytes.Fill(0xFF);
        new SocketAddress(Ipv4Address.Parse("10.0.0.7"), 4_242).Write(bytes);

        Assert.Equal("0200109200000000"[..8] + "0A000007" + "0000000000000000",
            Convert.ToHexString(bytes));
        Assert.True(SocketAddress.TryRead(bytes, out var read));
        Assert.Equal(new SocketAddress(Ipv4Address.Parse("10.0.0.7"), 4_242), read);
    }

    [Fact]
    public void An_address_of_another_family_is_none()
    {
        Span<byte> bytes = stackalloc byte[SocketAddress.LengthBytes];
        new SocketAddress(default, 1).Write(bytes);
        bytes[0] = 10;
        Assert.False(SocketAddress.TryRead(bytes, out _));
    }

    [Fact]
    public void An_event_is_packed_into_12_bytes()
    {
        Span<byte> bytes = stackalloc byte[PolledEvent.LengthBytes];
        new PolledEvent(PolledEvent.Readable, 0x1122_3344_5566_7788).Write(bytes);
        Assert.Equal("010000008877665544332211", Convert.ToHexString(bytes));
        Assert.Equal(
            new PolledEvent(PolledEvent.Readable, 0x1122_3344_5566_7788),
            PolledEvent.Read(bytes));
    }
}
