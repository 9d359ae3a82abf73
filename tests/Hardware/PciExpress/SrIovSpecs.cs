using CsCheck;
using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Tests.PciExpress;

public class SrIovSpecs
{
    private const int Control = 0x168;
    private const int NumVfs = 0x170;
    private readonly Observer observer = new();
    private readonly PhysicalFunctionConfiguration physical;

    public SrIovSpecs() => physical = new PhysicalFunctionConfiguration(
        FunctionId.Of(3, 0, 0), NetworkFunctions.X520, observer);

    private SrIovCapability SrIov => physical.SrIov!;

    [Fact]
    public void As_many_functions_appear_as_numvfs_says()
    {
        physical.WriteUInt16(NumVfs, 5);
        Assert.Equal(0, SrIov.VirtualFunctionCount);
        Assert.False(SrIov.TryGet(0, out _));

        physical.WriteUInt16(Control, 0x19);

        Assert.Equal(5, SrIov.VirtualFunctionCount);
        Assert.True(SrIov.TryGet(4, out var last));
        Assert.False(SrIov.TryGet(5, out _));
        Assert.Equal("03:11.0", last.Function.ToString());
        physical.WriteUInt16(Control, 0x18);
        Assert.False(SrIov.TryGet(0, out _));
        Assert.Equal(
            ["enabled 5", "disabled 5"], observer.Seen.Where(line => line != "decoding"));
    }

    [Fact]
    public void Numvfs_does_not_change_while_functions_exist_nor_beyond_the_total()
    {
        physical.WriteUInt16(NumVfs, 65);
        Assert.Equal(0, physical.ReadUInt16(NumVfs));
        physical.WriteUInt16(NumVfs, 64);
        physical.WriteUInt16(Control, 1);

        physical.WriteUInt16(NumVfs, 3);

        Assert.Equal(64, physical.ReadUInt16(NumVfs));
        Assert.Equal(64, SrIov.VirtualFunctionCount);
    }

    [Fact]
    public void A_function_is_found_by_its_routing_id()
    {
        physical.WriteUInt16(NumVfs, 10);
        physical.WriteUInt16(Control, 1);

        for (var index = 0; index < 10; index++)
        {
            Assert.True(SrIov.TryFind(SrIov.RoutingIdOf(index), out var found));
            Assert.Equal(index, found);
        }
        Assert.False(SrIov.TryFind(SrIov.RoutingIdOf(10), out _));
        Assert.False(SrIov.TryFind(FunctionId.Of(3, 16, 1), out _));
        Assert.False(SrIov.TryFind(physical.Function, out _));
    }

    [Fact]
    public void A_virtual_function_reads_as_the_specification_says()
    {
        physical.WriteUInt16(NumVfs, 1);
        physical.WriteUInt16(Control, 9);
        SrIov.TryGet(0, out var function);

        Assert.Equal(uint.MaxValue, function!.ReadUInt32(0));
        Assert.Equal((0x8086, 0x10ED), (function.VendorId, function.DeviceId));
        for (var bar = 0x10; bar < 0x28; bar += 4)
        {
            function.WriteUInt32(bar, uint.MaxValue);
            Assert.Equal(0U, function.ReadUInt32(bar));
        }
        function.WriteUInt16(0x04, 0xFFFF);
        Assert.Equal(4, function.ReadUInt16(0x04));
        Assert.True(function.IsBusMaster);
        Assert.Equal(2, function.ReadUInt16(0x72));
        Assert.Equal(0, function.FindExtendedCapability(ExtendedCapabilityId.SrIov));
        Assert.Equal(
            0x150, function.FindExtendedCapability(ExtendedCapabilityId.AlternativeRoutingId));
    }

    [Fact]
    public void Resetting_a_virtual_function_leaves_it_and_its_neighbours_in_existence()
    {
        physical.WriteUInt16(NumVfs, 2);
        physical.WriteUInt16(Control, 1);
        SrIov.TryGet(0, out var first);
        SrIov.TryGet(1, out var second);
        first!.WriteUInt16(4, 4);
        second!.WriteUInt16(4, 4);
        first.WriteUInt16(0x72, 0x8000);

        first.WriteUInt16(0xA8, 0x8000);

        Assert.Equal((false, false, true),
            (first.IsBusMaster, first.MsiX.IsEnabled, second.IsBusMaster));
        Assert.Equal(2, SrIov.VirtualFunctionCount);
        Assert.Equal("reset 03:10.0", observer.Seen[^1]);
    }

    [Fact]
    public void The_vf_bars_have_the_size_of_one_function_and_freeze_while_they_answer()
    {
        physical.WriteUInt32(0x184, uint.MaxValue);
        Assert.Equal(0xFFFF_C004U, physical.ReadUInt32(0x184));
        physical.WriteUInt32(0x184, 0xD000_0000);
        physical.WriteUInt32(0x190, 0xD040_0000);

        physical.WriteUInt16(Control, 8);
        physical.WriteUInt32(0x184, 0);

        Assert.Equal((0xD000_0000UL, 0xD040_0000UL), (SrIov.RegistersAddress, SrIov.MsiXAddress));
        Assert.True(SrIov.IsMemorySpaceEnabled);
    }

    [Fact]
    public void A_larger_system_page_spreads_the_vf_registers()
    {
        physical.WriteUInt32(0x180, 2);
        Assert.Equal(16 << 10, SrIov.RegistersSizeBytes);
        physical.WriteUInt32(0x180, 0x10);
        Assert.Equal(64 << 10, SrIov.RegistersSizeBytes);
        physical.WriteUInt32(0x180, 4);
        physical.WriteUInt32(0x180, 3);
        Assert.Equal(0x10U, physical.ReadUInt32(0x180));
    }

    [Fact]
    public void The_ideal_adapter_has_4096_functions_over_sixteen_buses()
    {
        var ideal = new PhysicalFunctionConfiguration(
            FunctionId.Of(3, 0, 0), NetworkFunctions.IdealVnic);
        ideal.WriteUInt16(NumVfs, 4096);
        ideal.WriteUInt16(Control, 0x19);

        Assert.Equal(4096, ideal.SrIov!.VirtualFunctionCount);
        Assert.Equal("04:00.0", ideal.SrIov.RoutingIdOf(0).ToString());
        Assert.Equal("13:1f.7", ideal.SrIov.RoutingIdOf(4095).ToString());
        Assert.Throws<InvalidOperationException>(() => new PhysicalFunctionConfiguration(
            FunctionId.Of(240, 0, 0), NetworkFunctions.IdealVnic));
    }

    [Fact]
    public void A_virtual_function_costs_tens_of_bytes()
    {
        var ideal = new PhysicalFunctionConfiguration(
            FunctionId.Of(3, 0, 0), NetworkFunctions.IdealVnic);
        ideal.WriteUInt16(NumVfs, 4096);
        ideal.WriteUInt16(Control, 0x19);
        ideal.SrIov!.TryGet(0, out _);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 1; index < 1001; index++) ideal.SrIov.TryGet(index, out _);
        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;

        Assert.InRange(each, 32, 72);
    }

    [Fact]
    public void Enabling_and_disabling_in_any_order_keeps_the_rules()
    {
        var step = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 80], Gen.UInt);
        step.Array[1, 80].Sample(
            steps =>
            {
                var here = new SrIovSpecs();
                var (count, enabled) = (0, false);
                foreach (var (kind, number, value) in steps)
                {
                    switch (kind)
                    {
                        case 0:
                            here.physical.WriteUInt16(NumVfs, (ushort)number);
                            if (!enabled && number <= 64) count = number;
                            break;
                        case 1:
                            here.physical.WriteUInt16(Control, (ushort)value);
                            enabled = (value & 1) != 0;
                            break;
                        case 2:
                            here.physical.WriteByte(Control, (byte)(number & 1));
                            enabled = (number & 1) != 0;
                            break;
                        case 3 when number < 4:
                            here.physical.WriteUInt16(0xA8, 0x8000);
                            (count, enabled) = (0, false);
                            break;
                        default:
                            here.physical.WriteUInt32(0x164, value);
                            here.physical.WriteUInt32(0x16C, value);
                            here.physical.WriteUInt32(0x174, value);
                            break;
                    }
                    here.Check(count, enabled);
                }
                here.CheckEvents();
            },
            iter: 2000);
    }

    private void Check(int count, bool isEnabled)
    {
        Assert.Equal(isEnabled ? count : 0, SrIov.VirtualFunctionCount);
        Assert.Equal(count, physical.ReadUInt16(NumVfs));
        Assert.Equal(0x0040_0040U, physical.ReadUInt32(0x16C));
        Assert.Equal(0x0002_0080U, physical.ReadUInt32(0x174));
        Assert.Equal(isEnabled && count > 0, SrIov.TryGet(0, out _));
    }

    private void CheckEvents()
    {
        var previous = "disabled";
        foreach (var line in observer.Seen.Where(line => line.Contains("abled")))
        {
            Assert.NotEqual(previous, line.Split(' ')[0]);
            previous = line.Split(' ')[0];
        }
    }
}
