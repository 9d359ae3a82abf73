using System.Runtime.CompilerServices;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Platforms;

namespace Disguise.Hardware.Tests.Platforms;

public class PlatformSpecs
{
    public static TheoryData<string> Names => [.. PlatformCatalog.Names];

    [Fact]
    public void The_platforms_are_there()
    {
        Assert.Equal(
            [
                "decstation-2100", "decstation-3100", "decstation-5000-125", "decstation-5000-240",
                "ideal-vnic", "pentium-pro-200", "xeon-e5-2430-x520",
            ],
            PlatformCatalog.Names);
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
    [InlineData("trap = 5 instr # x", "mine.platform:2: trap is in ps, ns or us, not instr")]
    [InlineData("iommu = maybe", "mine.platform:2: iommu is maybe: not yes or no")]
    [InlineData("tlb-refill = magic", "mine.platform:2: tlb-refill is magic: not hardware or")]
    [InlineData("tlb-entries = many", "mine.platform:2: tlb-entries is many: not a number")]
    [InlineData("tlb-entries = 24", "mine.platform:2: 24 entries of a tlb are not 2^n sets of 4")]
    [InlineData("tlb-refill = software", "mine.platform: a tlb that software refills has as many")]
    [InlineData("trap on vax = 5 ns # x", "mine.platform:2: no cost trap on vax")]
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
        Assert.Equal(
            $"no platform vax; there are {string.Join(", ", PlatformCatalog.Names)}",
            error.Message);
    }

    // Engler, Kaashoek and O'Toole, SOSP 1995, Tables 5 and 6, microseconds: an exception takes 18
    // instructions and a protected control transfer 30, beside what the hardware does.
    [Theory]
    [InlineData("decstation-2100", 2.8, 2.9)]
    [InlineData("decstation-3100", 2.1, 2.2)]
    [InlineData("decstation-5000-125", 1.5, 1.4)]
    public void The_hardware_of_a_decstation_is_what_the_tables_have_beyond_the_instructions(
        string name, double exceptionUs, double transferUs)
    {
        var costs = new CostTable();
        PlatformCatalog.Load(name).Fill(costs);

        var crossingPs = costs.Of(HardwareCosts.Trap) + costs.Of(HardwareCosts.TrapReturn);
        var exceptionPs = crossingPs + costs.Of(HardwareCosts.ExceptionEntry)
            + (18 * costs.Of(HardwareCosts.Instruction));
        var transferPs = crossingPs + costs.Of(HardwareCosts.AddressSpaceSwitch)
            + (30 * costs.Of(HardwareCosts.Instruction));

        Assert.Equal(exceptionUs, exceptionPs / 1e6, 0.002);
        Assert.Equal(transferUs, transferPs / 1e6, 0.002);
        Assert.Equal(costs.Of(HardwareCosts.Interrupt),
            crossingPs + costs.Of(HardwareCosts.ExceptionEntry));
    }

    [Fact]
    public void A_machine_of_the_nineties_has_no_iommu_and_no_virtual_functions()
    {
        var decstation = PlatformCatalog.Load("decstation-3100");

        Assert.False(decstation.HasIommu);
        Assert.Equal(0, decstation.Nic.MaximumVirtualFunctions);
        Assert.Equal(10_000_000, decstation.Nic.MaximumBitsPerSecond);
        Assert.Equal(new TlbModel(TlbRefill.Software, 64, 64), decstation.Tlb);
        Assert.True(PlatformCatalog.Load("xeon-e5-2430-x520").HasIommu);
        Assert.Equal(TlbModel.Default, PlatformCatalog.Load("xeon-e5-2430-x520").Tlb);
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
