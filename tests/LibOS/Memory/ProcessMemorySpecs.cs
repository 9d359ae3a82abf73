using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Tests.SystemCalls;
using Xunit;

namespace Disguise.LibOS.Tests.Memory;

/// <summary>Virtual memory of a process of a monolithic kernel.</summary>
public class ProcessMemorySpecs
{
    [Fact]
    public void What_is_written_is_read_and_pages_begin_empty()
    {
        var read = new List<uint>();
        using var world = Run(async host =>
        {
            var data = await host.Pages.Map(2, MemoryProtection.ReadWrite);
            read.Add(await host.Pages.ReadWord(data));
            await host.Pages.WriteWord(data + 4_098, 0xABCD_1234);
            read.Add(await host.Pages.ReadWord(data + 4_098));
            read.Add(await host.Pages.ReadWord(data + 4_096));
        });

        Assert.Equal([0u, 0xABCD_1234, 0x1234_0000], read);
        world.AssertDrained();
        Assert.Contains(("mmap", false), world.Calls);
    }

    [Fact]
    public void A_write_to_a_protected_page_is_signalled_to_the_program_and_made_again()
    {
        var faults = new List<MemoryFault>();
        var answers = new List<bool>();
        ulong data = 0;
        using var world = Run(async host =>
        {
            data = await host.Pages.Map(2, MemoryProtection.ReadWrite);
            await host.Pages.WriteWord(data, 1);
            answers.Add(await host.Pages.Protect(data, 2, MemoryProtection.Read));
            answers.Add(await host.Pages.Protect(data, 3, MemoryProtection.Read));
            await host.Pages.OnFault(async fault =>
            {
                faults.Add(fault);
                return await host.Pages.Protect(data, 1, MemoryProtection.ReadWrite);
            });
            await host.Pages.WriteWord(data + 8, 2);
            answers.Add(await host.Pages.ReadWord(data + 8) == 2);
        });

        Assert.Equal([true, false, true], answers);
        Assert.Equal([new MemoryFault(data + 8, true)], faults);
        world.AssertDrained();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_access_that_nobody_allows_ends_the_process(bool isProtected)
    {
        var hasGoneOn = false;
        using var world = Run(async host =>
        {
            var data = await host.Pages.Map(1, MemoryProtection.ReadWrite);
            await host.Pages.WriteWord(data, 1);
            // The twin: without the protection the same write succeeds.
            if (isProtected)
                await host.Pages.Protect(data, 1, MemoryProtection.Read);
            await host.Pages.WriteWord(data, 2);
            hasGoneOn = true;
        });

        Assert.Equal(!isProtected, hasGoneOn);
        Assert.Equal(0, world.Kernel.ProcessCount);
        world.AssertDrained();
    }

    [Fact]
    public void More_pages_than_frames_go_to_the_swap_area_and_come_back()
    {
        const int Pages = 12;
        var wrong = 0;
        using var world = Run(async host =>
        {
            await host.Pages.Configure(new MemorySettings { FrameLimit = 4 });
            var data = await host.Pages.Map(Pages, MemoryProtection.ReadWrite);
            for (var round = 0; round < 3; round++)
            {
                for (var page = 0; page < Pages; page++)
                {
                    var address = data + ((ulong)page * Frame.SizeBytes);
                    if (round > 0 && await host.Pages.ReadWord(address) != round - 1 + page)
                        wrong++;
                    await host.Pages.WriteWord(address, (uint)(round + page));
                }
            }

            await host.Settle();
        });

        Assert.Equal(0, wrong);
        world.AssertDrained();
    }

    [Fact]
    public void A_mapping_at_a_far_address_leaves_the_next_open_one_its_place()
    {
        const long Far = (1L << 32) + (((1L << 20) - 4) << 12);
        var results = new List<long>();
        using var world = new ProcessWorld().Process(async (_, sockets) =>
        {
            foreach (var (address, pages) in ((long, int)[])
                [(Far, 4), (0, 2), ((1L << 32) + (4 << 12), 2), (0, 3), (0, 2)])
            {
                await sockets.Gate.Call(
                    SystemCallNumber.Map, address, (long)pages << 12, 3);
                results.Add(sockets.Gate.ReturnValue);
            }

            await sockets.Gate.Call(SystemCallNumber.Unmap, (1L << 32) + (6 << 12), 1 << 12);
        }).Start();
        world.Run();

        Assert.Equal(
            [Far, 1L << 32, (1L << 32) + (4 << 12), (1L << 32) + (6 << 12),
                (1L << 32) + (9 << 12)],
            results);
        world.AssertDrained();
    }

    private static ProcessWorld Run(Func<ApplicationHost, EmulatedTask> program)
    {
        var world = new ProcessWorld().Process((host, _) => program(host)).Start();
        world.Run(100 * Actors.Time.Picoseconds.PerMillisecond);
        return world;
    }
}
