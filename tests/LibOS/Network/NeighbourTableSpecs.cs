using Disguise.Hardware.Wire;
using Disguise.LibOS.Network;
using Xunit;

namespace Disguise.LibOS.Tests.Network;

public class NeighbourTableSpecs
{
    [Fact]
    public void Neighbours_of_one_net_are_all_known_up_to_the_limit()
    {
        var table = new NeighbourTable();
        for (uint host = 0; host < NeighbourTable.Limit; host++)
            table.Learn(new Ipv4Address(0x0A000000 + host), new MacAddress(host + 1));
        Assert.Equal(NeighbourTable.Limit, table.Count);
        for (uint host = 0; host < NeighbourTable.Limit; host++)
        {
            Assert.True(table.TryFind(new Ipv4Address(0x0A000000 + host), out var mac));
            Assert.Equal(host + 1, mac.Value);
        }
    }

    [Fact]
    public void A_newcomer_takes_the_place_of_one_in_a_full_table()
    {
        var table = new NeighbourTable();
        var old = new Ipv4Address(0x0A000001);
        var newcomer = new Ipv4Address(0x0A000001 + NeighbourTable.Limit);
        table.Learn(old, new MacAddress(1));
        table.Learn(newcomer, new MacAddress(2));
        Assert.False(table.TryFind(old, out _));
        Assert.True(table.TryFind(newcomer, out var mac));
        Assert.Equal(2UL, mac.Value);
        Assert.Equal(1, table.Count);
    }

    [Fact]
    public void A_neighbour_that_moves_is_corrected()
    {
        var table = new NeighbourTable();
        Assert.False(table.TryFind(new Ipv4Address(5), out _));
        table.Learn(new Ipv4Address(5), new MacAddress(1));
        table.Learn(new Ipv4Address(5), new MacAddress(2));
        Assert.True(table.TryFind(new Ipv4Address(5), out var mac));
        Assert.Equal(2UL, mac.Value);
    }
}
