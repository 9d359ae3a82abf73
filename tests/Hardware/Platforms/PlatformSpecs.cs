using System.Runtime.CompilerServices;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Platforms;

namespace Disguise.Hardware.Tests.Platforms;

public class PlatformSpecs
{
    public static TheoryData<string> Names => [.. PlatformCatalog.Names];

    [Fact]
    public void The_platforms_are_there()
    {
        Assert.Equal(["ideal-vnic", "xeon-e5-2430-x520"], PlatformCatalog.Names);
        Assert.Same(NicModel.X520, PlatformCatalog.Load("xeon-e5-2430-x520").Nic);
        Assert.Same(NicModel.Ideal, PlatformCatalog.Load("ideal-vnic").Nic);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_cost_of_hardware_has_a_value_and_a_source(string name)
    {
        DefineAllCosts();
        var table = new CostTable();
        var platform = PlatformCatalog.Load(name);
        platform.Fill(table);

        var hardware = CostKey.All.Where(key => key.Source == CostSource.Platform).ToArray();
        Assert.True(hardware.Length >= 17);
        Assert.Empty(hardware.Where(key => !table.Has(key)).Select(key => key.Name));
        Assert.All(platform.Costs, cost => Assert.True(cost.Source.Length > 10, cost.Key.Name));
        Assert.NotEmpty(platform.Description);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_operating_system_stands_in_a_platform(string name)
    {
        string[] forbidden =
        [
            "arrakis", "exokernel", "monolithic", "microkernel", "linux", "aegis", "xok",
            "ultrix", "extaris", "barrelfish", "l4", "unix",
        ];
        var text = PlatformCatalog.TextOf(name).ToLowerInvariant();

        Assert.DoesNotContain(forbidden, word => text.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public void The_drivers_share_of_an_echo_is_what_the_paper_leaves_for_it()
    {
        var table = new CostTable();
        PlatformCatalog.Load("xeon-e5-2430-x520").Fill(table);

        var sharePs = table.Of(HardwareCosts.MmioWrite)
            + (2 * table.Of(HardwareCosts.DeviceLineTouch));

        Assert.Equal(246_000, sharePs);
    }

    [Fact]
    public void A_platform_like_another_has_its_costs_but_those_it_names()
    {
        var platform = PlatformCatalog.Parse("mine", """
            description = mine
            like = xeon-e5-2430-x520
            nic = x520
            pcie-read = 1.5 us # measured on a bench
            """);
        var table = new CostTable();
        platform.Fill(table);

        Assert.Equal(1_500_000, table.Of(DeviceCosts.PcieRead));
        Assert.Equal(273, table.Of(DeviceCosts.DmaByte));
        Assert.False(platform.Costs.Single(cost => cost.Key == DeviceCosts.PcieRead).IsAssumed);
    }

    [Theory]
    [InlineData("trap 5 ns # here", "mine.platform:2: a line is 'cost = value unit")]
    [InlineData("trap = 5 ns", "mine.platform:2: trap has no source")]
    [InlineData("trap = 5 ns #", "mine.platform:2: trap has no source")]
    [InlineData("trap = 5 # here", "mine.platform:2: trap is 'value unit [assumed]'")]
    [InlineData("trap = 5 ns guessed # here", "mine.platform:2: trap is 'value unit [assumed]'")]
    [InlineData("trap = five ns # here", "mine.platform:2: trap is five ns: not a whole")]
    [InlineData("trap = -5 ns # here", "mine.platform:2: trap is -5 ns: not a whole")]
    [InlineData("trap = 0.0001 ns # here", "mine.platform:2: trap is 0.0001 ns: not a whole")]
    [InlineData("trap = 5 ms # here", "mine.platform:2: trap is in ps, ns or us, not ms")]
    [InlineData("trap = 5 ps/B # here", "mine.platform:2: trap is in ps, ns or us, not ps/B")]
    [InlineData("dma-byte = 5 ps # x", "mine.platform:2: dma-byte is in ps/B or ns/B, not ps")]
    [InlineData("warp = 5 ns # here", "mine.platform:2: no cost warp")]
    [InlineData("work = 5 ns # here", "mine.platform:2: work is of the Experiment")]
    [InlineData("nic = x520", "mine.platform:2: nic stands here twice")]
    [InlineData("nic: x520", "mine.platform:2: a line is")]
    [InlineData("like = pdp-11", "mine.platform:2: no other platform pdp-11")]
    public void A_mistake_is_one_line_with_its_place(string line, string problem)
    {
        var error = Assert.Throws<CostFileException>(
            () => PlatformCatalog.Parse("mine", $"nic = x520\n{line}\n"));

        Assert.StartsWith(problem, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_platform_without_an_adapter_or_of_no_name_is_refused()
    {
        Assert.Throws<CostFileException>(() => PlatformCatalog.Parse("mine", "# empty\n"));
        var error = Assert.Throws<ArgumentException>(() => PlatformCatalog.Load("vax"));
        Assert.Equal("no platform vax; there are ideal-vnic, xeon-e5-2430-x520", error.Message);
    }

    /// <summary>Keys are defined by the classes that hold them, when those are first used.
    /// </summary>
    private static void DefineAllCosts()
    {
        foreach (var type in typeof(HardwareCosts).Assembly.GetTypes())
        {
            if (type.GetProperties().Any(property => property.PropertyType == typeof(CostKey)))
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }
    }
}
