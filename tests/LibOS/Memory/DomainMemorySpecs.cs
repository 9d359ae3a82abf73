using Disguise.Actors.Crossings;
using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Tests.Domains;
using Xunit;

namespace Disguise.LibOS.Tests.Memory;

/// <summary>
/// Virtual memory of a protection domain of Arrakis, whose library takes faults and writes page
/// tables itself.
/// </summary>
public class DomainMemorySpecs
{
    [Fact]
    public void A_library_writes_its_own_tables_and_the_kernel_hears_nothing_of_it()
    {
        var read = new List<uint>();
        var messages = 0L;
        using var scene = Run(async (host, scene) =>
        {
            await host.Pages.Configure(new MemorySettings { FrameLimit = 8 });
            var data = await host.Pages.Map(2, MemoryProtection.ReadWrite);
            var before = SystemCalls(scene);
            read.Add(await host.Pages.ReadWord(data));
            await host.Pages.WriteWord(data + 4_098, 0xABCD_1234);
            read.Add(await host.Pages.ReadWord(data + 4_098));
            read.Add(await host.Pages.ReadWord(data + 4_096));
            await host.Settle();
            messages = SystemCalls(scene) - before;
        });

        Assert.Equal([0u, 0xABCD_1234, 0x1234_0000], read);
        Assert.Equal(0, messages);
    }

    [Fact]
    public void A_protected_page_is_the_handlers_and_dirty_pages_are_told()
    {
        var faults = new List<MemoryFault>();
        var answers = new List<bool?>();
        ulong data = 0;
        using var scene = Run(async (host, _) =>
        {
            data = await host.Pages.Map(2, MemoryProtection.ReadWrite);
            await host.Pages.WriteWord(data, 1);
            await host.Pages.ReadWord(data + 4_096);
            answers.Add(await host.Pages.IsDirty(data));
            answers.Add(await host.Pages.IsDirty(data + 4_096));
            await host.Pages.Protect(data, 2, MemoryProtection.Read);
            await host.Pages.OnFault(async fault =>
            {
                faults.Add(fault);
                return await host.Pages.Protect(data, 2, MemoryProtection.ReadWrite);
            });
            await host.Pages.WriteWord(data + 4_100, 2);
            answers.Add(await host.Pages.IsDirty(data + 4_096));
        });

        Assert.Equal([new MemoryFault(data + 4_100, true)], faults);
        Assert.Equal([true, false, true], answers);
    }

    [Fact]
    public void The_policy_is_the_applications_own_choice()
    {
        Assert.True(PassPs("lru") > 2 * PassPs("mru"));

        static long PassPs(string policy)
        {
            const int Pages = 40;
            var lastPs = 0L;
            using var scene = Run(async (host, _) =>
            {
                await host.Pages.Configure(
                    new MemorySettings { FrameLimit = 32, Policy = policy });
                var data = await host.Pages.Map(Pages, MemoryProtection.ReadWrite);
                for (var pass = 0; pass < 4; pass++)
                {
                    var startPs = host.ClockPs;
                    for (var page = 0; page < Pages; page++)
                    {
                        var address = data + ((ulong)page * Frame.SizeBytes);
                        if (pass == 0)
                            await host.Pages.WriteWord(address, (uint)page + 7);
                        Assert.Equal((uint)page + 7, await host.Pages.ReadWord(address));
                    }

                    lastPs = host.ClockPs - startPs;
                }
            });
            return lastPs;
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1 << 20, false)]
    public void An_entry_leads_to_nothing_but_what_the_container_has(
        long guestFramesBeyond, bool isReached)
    {
        var wasReached = false;
        using var scene = Run(async (host, _) =>
        {
            await host.Pages.Configure(new MemorySettings { FrameLimit = 8 });
            var data = await host.Pages.Map(1, MemoryProtection.ReadWrite);
            await host.Pages.WriteWord(data, 1);
            // The domain's own tables stand in its window, and nobody checks what it stores.
            var entryAt = (3UL << 18) << Frame.Shift;
            var entry = host.Memory.Read<ulong>(entryAt);
            host.Memory.Write(entryAt + 8, entry + ((ulong)guestFramesBeyond << Frame.Shift));
            wasReached = host.Memory.TryRead(data + 4_096, new byte[4]);
        });

        Assert.Equal(isReached, wasReached);
    }

    private static long SystemCalls(DomainScene scene) =>
        scene.Machine.Island.Deliveries.Crossings(CrossingKind.SystemCall);

    private static DomainScene Run(Func<ApplicationHost, DomainScene, EmulatedTask> program)
    {
        var application = new Program(program);
        var scene = new DomainScene(new TenantSettings { Application = application });
        application.Scene = scene;
        scene.Run(100 * Picoseconds.PerMillisecond);
        Assert.Empty(scene.Failures);
        Assert.True(application.HasEnded);
        return scene;
    }

    private sealed class Program(Func<ApplicationHost, DomainScene, EmulatedTask> program)
        : IApplication
    {
        public ushort ServicePort => 0;

        public DomainScene Scene { get; set; } = null!;

        public bool HasEnded { get; private set; }

        public async EmulatedTask Run(ApplicationHost host)
        {
            await program(host, Scene);
            HasEnded = true;
        }
    }
}
