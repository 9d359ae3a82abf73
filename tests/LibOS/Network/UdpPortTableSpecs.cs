using CsCheck;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Network;
using Xunit;

namespace Disguise.LibOS.Tests.Network;

public class UdpPortTableSpecs
{
    [Fact]
    public void A_bound_port_is_found_until_it_is_freed()
    {
        var table = new UdpPortTable();
        Assert.Equal(BindResult.Bound, table.Bind(53, 1, out var bound));
        Assert.Equal(53, bound);
        Assert.Equal(BindResult.PortInUse, table.Bind(53, 2, out _));
        Assert.True(table.TryFind(53, out var owner));
        Assert.Equal(1, owner);
        Assert.True(table.Unbind(53));
        Assert.False(table.Unbind(53));
        Assert.False(table.TryFind(53, out _));
    }

    [Fact]
    public void Port_0_asks_for_a_free_port_of_the_ephemeral_range()
    {
        var table = new UdpPortTable();
        table.Bind(UdpPortTable.FirstEphemeralPort, 0, out _);
        Assert.Equal(BindResult.Bound, table.Bind(0, 1, out var first));
        Assert.Equal(UdpPortTable.FirstEphemeralPort + 1, first);
        table.Bind(0, 2, out var second);
        Assert.Equal(UdpPortTable.FirstEphemeralPort + 2, second);
    }

    [Fact]
    public void A_full_table_refuses()
    {
        var table = new UdpPortTable();
        for (var port = 1; port <= UdpPortTable.Limit; port++)
            Assert.Equal(BindResult.Bound, table.Bind((ushort)port, 0, out _));
        Assert.Equal(BindResult.TableFull, table.Bind(60_000, 0, out _));
        Assert.Equal(BindResult.TableFull, table.Bind(0, 0, out _));
    }

    [Fact]
    public void The_table_agrees_with_a_dictionary()
    {
        Gen.Select(Gen.Bool, Gen.Int[1, 40]).List[0, 200].Sample(steps =>
        {
            var table = new UdpPortTable();
            var model = new Dictionary<ushort, int>();
            for (var index = 0; index < steps.Count; index++)
            {
                var (isBind, number) = steps[index];
                var port = (ushort)number;
                if (isBind)
                {
                    var isFree = model.TryAdd(port, index);
                    var wanted = isFree ? BindResult.Bound : BindResult.PortInUse;
                    Assert.Equal(wanted, table.Bind(port, index, out _));
                }
                else
                {
                    Assert.Equal(model.Remove(port), table.Unbind(port));
                }
            }

            Assert.Equal(model.Count, table.Count);
            for (ushort port = 0; port <= 41; port++)
            {
                var isBound = model.TryGetValue(port, out var owner);
                Assert.Equal(isBound, table.TryFind(port, out var got));
                Assert.Equal(isBound ? owner : -1, got);
            }
        }, iter: 200, threads: 1);
    }
}
