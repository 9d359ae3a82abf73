using CsCheck;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Wire;

public class AddressSpecs
{
    [Fact]
    public void An_Ethernet_address_reads_what_it_printed() => WireGen.Mac.Sample(mac =>
        MacAddress.Parse(mac.ToString()) == mac
        && MacAddress.Parse(mac.ToString().ToUpperInvariant().Replace(':', '-')) == mac);

    [Fact]
    public void An_Ethernet_address_stands_on_the_wire_as_it_is_written()
    {
        var bytes = new byte[6];
        MacAddress.Parse("02:00:5e:10:aB:fF").Write(bytes);
        Assert.Equal([0x02, 0x00, 0x5e, 0x10, 0xab, 0xff], bytes);
        Assert.Equal("02:00:5e:10:ab:ff", MacAddress.Read(bytes).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("02:00:00:00:00")]
    [InlineData("02:00:00:00:00:001")]
    [InlineData("02:00:00:00:00:0g")]
    [InlineData("02:00:00-00:00:01")]
    [InlineData("02.00.00.00.00.01")]
    [InlineData("+2:00:00:00:00:01")]
    [InlineData(" 2:00:00:00:00:01")]
    public void Other_text_is_no_Ethernet_address(string text)
    {
        Assert.False(MacAddress.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(
            () => MacAddress.Parse(text)).Message);
    }

    [Fact]
    public void Ethernet_address_bits_say_group_and_local()
    {
        Assert.True(MacAddress.Broadcast.IsBroadcast);
        Assert.True(MacAddress.Broadcast.IsMulticast);
        Assert.False(MacAddress.Broadcast.IsUnicast);
        var group = MacAddress.Parse("01:00:5e:00:00:01");
        Assert.True(group.IsMulticast && !group.IsBroadcast && !group.IsLocallyAdministered);
        var local = MacAddress.Parse("02:00:00:00:00:01");
        Assert.True(local.IsUnicast && local.IsLocallyAdministered && !local.IsMulticast);
        Assert.False(default(MacAddress).IsUnicast);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MacAddress(1UL << 48));
    }

    [Fact]
    public void An_IPv4_address_reads_what_it_printed() =>
        WireGen.Address.Sample(address => Ipv4Address.Parse(address.ToString()) == address);

    [Theory]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("10.0.0.1", 0x0A000001u)]
    [InlineData("255.255.255.255", uint.MaxValue)]
    public void IPv4_addresses_are_in_host_order(string text, uint value) =>
        Assert.Equal(new Ipv4Address(value), Ipv4Address.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0")]
    [InlineData("10.0.0.")]
    [InlineData(".10.0.0")]
    [InlineData("10..0.1")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.0.01")]
    [InlineData("10.0.0.1.2")]
    [InlineData("10.0.0.-1")]
    [InlineData("10.0.0.1 ")]
    [InlineData("1000.0.0.1000000")]
    public void Other_text_is_no_IPv4_address(string text)
    {
        Assert.False(Ipv4Address.TryParse(text, out var address));
        Assert.Equal(default, address);
        Assert.Throws<FormatException>(() => Ipv4Address.Parse(text));
    }

    [Fact]
    public void A_prefix_holds_the_addresses_that_share_its_bits()
    {
        var network = new Ipv4Address(10, 1, 0, 0);
        Assert.True(new Ipv4Address(10, 1, 255, 255).IsIn(network, 16));
        Assert.False(new Ipv4Address(10, 2, 0, 0).IsIn(network, 16));
        Assert.True(Ipv4Address.Broadcast.IsIn(network, 0));
        Assert.False(new Ipv4Address(10, 1, 0, 1).IsIn(network, 32));
    }
}
