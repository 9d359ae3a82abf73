using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Hardware.PciExpress;
using Xunit;
using Xunit.Abstractions;

namespace Disguise.Hardware.Tests.Memory;

/// <summary>
/// What the tables of one tenant cost: a million of them have to fit on one host.
/// </summary>
public class TenantFootprintSpecs(ITestOutputHelper output)
{
    [Fact]
    public void The_tables_of_a_tenant_fit_in_six_lines()
    {
        const int Tenants = 1000;
        var scene = new MemoryScene(1L << 30);
        var tables = IommuTables.Create(scene.Memory, scene.TableFrames)!;
        for (var tenant = 0; tenant < Tenants; tenant++)
        {
            var table = scene.NewTable();
            // One page of code and stack, two of rings, eight of buffers.
            for (ulong page = 0; page < 11; page++) scene.MapFresh(table, 0x40_0000 + (page << 12));
            tables.SetDomain(new DomainId((ushort)(tenant + 1)), table.RootAddress);
            tables.Attach(
                new FunctionId((ushort)(0x380 + tenant)), new DomainId((ushort)(tenant + 1)));
        }

        var bytes = scene.Memory.TouchedBytes / (double)Tenants;
        output.WriteLine($"{bytes} bytes of lines, "
            + $"{scene.Memory.OverheadBytes / (double)Tenants} of overhead a tenant");
        Assert.InRange(bytes, 4 * PhysicalMemory.LineSizeBytes, 6 * PhysicalMemory.LineSizeBytes);
    }

    [Fact]
    public void A_nested_tenant_costs_the_second_stages_tables_more()
    {
        var scene = new MemoryScene();
        var before = scene.Memory.TouchedBytes;
        var (first, _, _) = scene.NewNested(16);
        for (var page = 0; page < 11; page++)
        {
            var at = 0x40_0000 + ((ulong)page << 12);
            first.Map(at, Frame.AddressOf(5 + page), MemoryScene.UserData);
        }

        var bytes = scene.Memory.TouchedBytes - before;
        output.WriteLine($"{bytes} bytes of lines");
        Assert.InRange(bytes, 1, 9 * PhysicalMemory.LineSizeBytes);
    }

    [Fact]
    public void The_hot_path_allocates_nothing()
    {
        var scene = new MemoryScene();
        var tables = IommuTables.Create(scene.Memory, scene.TableFrames)!;
        var iommu = new Iommu(scene.Memory, tables.RootAddress, Guards.All);
        var table = scene.NewTable();
        for (ulong page = 0; page < 4; page++) scene.MapFresh(table, page << 12);
        tables.SetDomain(new DomainId(1), table.RootAddress);
        var function = FunctionId.Of(3, 16, 0);
        tables.Attach(function, new DomainId(1));
        var mmu = scene.NewMmu(new AddressSpace(scene.Memory, new(1), table.RootAddress));
        var bytes = new byte[6000];

        long allocated = 0;
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(iommu.DmaWrite(function, 100, bytes).IsDone);
            Assert.True(iommu.DmaRead(function, 4000, bytes).IsDone);
            mmu.TryWrite(50, bytes, out _);
            mmu.TryRead(60, bytes.AsSpan(0, 64), out _);
            mmu.TryReadUInt64(4092, out _, out _);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
    }
}
