using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Hardware.Display;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Network;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Exokernel.Windows;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel.Windows;

/// <summary>Windows of the screen that are bound to environments, on a whole machine.</summary>
public sealed class WindowSpecs
{
    private const int Width = 64;
    private const long Page = 0x2000;

    private static readonly PixelRectangle Left = new(0, 0, 32, 48);
    private static readonly PixelRectangle Right = new(32, 0, 32, 48);
    private static readonly TlbModel Software = new(TlbRefill.Software, 64, 64);

    private readonly List<CallResult> results = [];
    private readonly List<uint?> loads = [];
    private readonly List<bool> stores = [];

    [Theory]
    [InlineData(TlbRefill.Hardware)]
    [InlineData(TlbRefill.Software)]
    public void Two_environments_draw_side_by_side_and_the_kernel_hears_nothing_of_it(
        TlbRefill refill)
    {
        using var scene = Scene(refill)
            .With("left", environment => Paint(environment, Left, 0xAA))
            .With("right", environment => Paint(environment, Right, 0xBB))
            .Start().Run(4);

        var screen = scene.Display!.Screen;
        for (var y = 0; y < 48; y++)
        {
            for (var x = 0; x < Width; x++)
                Assert.Equal(x < 32 ? 0xAAu : 0xBBu, screen.PixelAt(x, y));
        }

        Assert.Equal((Width * 48, 0), (screen.WriteCount, screen.RefusedCount));
        Assert.All(stores, Assert.True);
        Assert.Equal(2, CountOf(scene, SecureBindings.WindowChecks));
        Assert.Equal(Width * 48, CountOf(scene, SecureBindings.WindowUses));
        Assert.Empty(Findings(scene));
    }

    [Theory]
    [InlineData(TlbRefill.Hardware)]
    [InlineData(TlbRefill.Software)]
    public void A_neighbours_pixels_in_ones_own_pages_are_neither_drawn_nor_seen(
        TlbRefill refill)
    {
        using var scene = Intrusion(refill).Start().Run(4);

        Assert.Equal(0xBBu, scene.Display!.Screen.PixelAt(40, 1));
        Assert.Equal([0u], loads);
        Assert.Equal(2, scene.Display.Screen.RefusedOf(2));
        Assert.Equal(2, CountOf(scene, SecureBindings.WindowRefusals));
    }

    [Fact]
    public void Without_the_comparison_of_tags_a_tenant_draws_into_its_neighbours_window()
    {
        using var scene =
            Intrusion(TlbRefill.Hardware, DisplayGuards.OwnershipTag).Start().Run(4);

        Assert.Equal(0xDEADu, scene.Display!.Screen.PixelAt(40, 1));
        Assert.Equal([0xBBu], loads);
    }

    [Fact]
    public void What_cannot_be_bound_is_refused()
    {
        using var scene = Scene(TlbRefill.Hardware).With("one", async environment =>
        {
            async EmulatedTask Try(PixelRectangle rectangle, long page, int slot) => results.Add(
                await environment.Call(new WindowCall.BindWindow(rectangle, page, slot)));

            await Try(Left, Page, 0);
            await Try(new PixelRectangle(31, 47, 2, 1), 0x3000, 0);
            await Try(new PixelRectangle(33, 0, 32, 48), 0x3000, 0);
            await Try(Right, Page + 2, 0);
            await Try(Right, 0x10, 0);
            await Try(Right, 0x3000, 1);
            await Try(Right, 0x3000, 99);
            await environment.Call(new MemoryCall.Forge(
                0, 2, Capability.OfEnvironment(0, 0).Below(7, CapabilityPermissions.Read)));
            await Try(Right, 0x3000, 2);
            await Try(Right, 0x3000, 0);
        }).Start().Run(3);

        Assert.Equal(
            [
                ExokernelRefusal.None, ExokernelRefusal.WindowTaken,
                ExokernelRefusal.OutsideScreen, ExokernelRefusal.AlreadyBound,
                ExokernelRefusal.BadPage, ExokernelRefusal.EmptySlot, ExokernelRefusal.BadSlot,
                ExokernelRefusal.NotDominated, ExokernelRefusal.None,
            ],
            results.Select(result => result.Refusal));
        Assert.Equal((1, 2), (results[0].Value, results[^1].Value));
        Assert.Equal(Width * 4, results[0].Second);
    }

    [Fact]
    public void There_are_as_many_windows_as_tags()
    {
        using var scene = Scene(TlbRefill.Hardware).With("one", async environment =>
        {
            for (var index = 0; index < DisplayRegisters.TagCount; index++)
            {
                results.Add(await environment.Call(new WindowCall.BindWindow(
                    new PixelRectangle(index, 0, 1, 1), Page + index, 0)));
            }
        }).Start().Run(3);

        Assert.All(results[..^1], result => Assert.Equal(ExokernelRefusal.None, result.Refusal));
        Assert.Equal(ExokernelRefusal.TooManyWindows, results[^1].Refusal);
    }

    [Fact]
    public void Where_there_is_no_display_there_are_no_windows()
    {
        using var scene = new ExokernelScene().With("one", async environment =>
            results.Add(await environment.Call(new WindowCall.BindWindow(Left, Page, 0))))
            .Start().Run(3);

        Assert.Equal(ExokernelRefusal.NoDisplay, results.Single().Refusal);
    }

    [Theory]
    [InlineData(TlbRefill.Hardware)]
    [InlineData(TlbRefill.Software)]
    public void A_window_that_is_unbound_is_black_and_out_of_reach(TlbRefill refill)
    {
        using var scene = Scene(refill).With("one", async environment =>
        {
            await Paint(environment, Left, 0xAA);
            stores.Clear();
            await environment.Call(new WindowCall.UnbindWindow(1, 0));
            stores.Add(await environment.Store(AddressOf(0, 0), 1));
        }).Start().Run(3);

        Assert.Equal([false], stores);
        Assert.Equal(0u, scene.Display!.Screen.PixelAt(0, 0));
        Assert.Equal(0, scene.Display.Screen.TagAt(0, 0));
        Assert.Empty(Findings(scene));
    }

    [Fact]
    public void Nobody_unbinds_anothers_window()
    {
        using var scene = Thief().Start().Run(4);

        Assert.Equal(
            [
                ExokernelRefusal.NotDominated, ExokernelRefusal.NotDominated,
                ExokernelRefusal.NotDominated, ExokernelRefusal.NoSuchWindow,
            ],
            results.Select(result => result.Refusal));
        Assert.Equal((1, 0xAAu), (ScreenOf(scene).TagAt(0, 0), ScreenOf(scene).PixelAt(0, 0)));
    }

    [Fact]
    public void Without_the_credential_a_neighbour_unbinds_it()
    {
        using var scene = Thief(WindowGuards.Credential).Start().Run(4);

        Assert.Equal(ExokernelRefusal.None, results[^2].Refusal);
        Assert.Equal((0, 0u), (ScreenOf(scene).TagAt(0, 0), ScreenOf(scene).PixelAt(0, 0)));
    }

    [Theory]
    [InlineData(TlbRefill.Hardware)]
    [InlineData(TlbRefill.Software)]
    public void A_window_that_is_passed_on_keeps_what_it_shows_and_is_the_receivers(
        TlbRefill refill)
    {
        using var scene = Scene(refill).With("giver", async environment =>
        {
            await Paint(environment, Left, 0xAA);
            stores.Clear();
            results.Add(await environment.Call(new WindowCall.PassWindow(1, 1, 0)));
            stores.Add(await environment.Store(AddressOf(0, 0), 1));
            results.Add(await environment.Call(new WindowCall.MapWindow(1, Page, 0)));
            await environment.Compute();
        }).With("receiver", async environment =>
        {
            CallResult mapped;
            do
            {
                mapped = await environment.Call(new WindowCall.MapWindow(1, 0x5000, 0));
            }
            while (mapped.Refusal != ExokernelRefusal.None);
            loads.Add(await environment.Load((0x5000UL << 12) + Offset(5, 5)));
            await environment.Store((0x5000UL << 12) + Offset(5, 5), 0xCC);
            await environment.Compute();
        }).Start().Run(6);

        Assert.Equal(
            [ExokernelRefusal.None, ExokernelRefusal.NotDominated],
            results.Select(result => result.Refusal));
        Assert.Equal([false], stores);
        Assert.Equal([0xAAu], loads);
        Assert.Equal(0xCCu, ScreenOf(scene).PixelAt(5, 5));
        Assert.Empty(Findings(scene));
    }

    [Theory]
    [InlineData(TlbRefill.Hardware)]
    [InlineData(TlbRefill.Software)]
    public void The_windows_of_who_ends_are_free_and_black(TlbRefill refill)
    {
        using var scene = Scene(refill)
            .With("one", environment => Paint(environment, Left, 0xAA))
            .With("two", async environment =>
            {
                CallResult bound;
                do
                {
                    bound = await environment.Call(new WindowCall.BindWindow(Left, Page, 0));
                }
                while (bound.Refusal == ExokernelRefusal.WindowTaken);
                results.Add(bound);
                loads.Add(await environment.Load(AddressOf(3, 3)));
                await environment.Compute();
            }).Start().Run(2);
        Assert.True(ScreenOf(scene).WriteCount == 32 * 48);
        Assert.Empty(results);

        scene.End(0);
        scene.Run(4);

        Assert.Equal(ExokernelRefusal.None, results.Single().Refusal);
        Assert.Equal([0u], loads);
        Assert.Equal(2, ScreenOf(scene).TagAt(3, 3));
        Assert.Empty(Findings(scene));
    }

    [Fact]
    public void A_page_of_a_window_is_not_its_librarys_to_change_nor_memory()
    {
        using var scene = new ExokernelScene
        {
            Screen = new DisplayOptions { Width = Width, Height = 48 },
            Network = new SilentNetwork(),
        }.With("one", async environment =>
        {
            await environment.Call(new WindowCall.BindWindow(Left, Page, 0));
            var frame = await environment.TakeFrame();
            const PageRights Rights = PageRights.User | PageRights.Writable;
            foreach (var kind in Enum.GetValues<TableEditKind>())
            {
                results.Add(await environment.Call(new MemoryCall.EditPages(
                    [new TableEdit(kind, Page, frame, Rights, 0)])));
            }

            results.Add(await environment.Call(
                new KernelCall.MapPages(Page, frame, 1, IsWritable: true)));
            results.Add(await environment.Call(new KernelCall.BindPackets(
                0, 0x0200_0000_0100, 0x0A00_0100, 0, 0,
                new PacketRingPlace((ulong)Page << 12, 8, ((ulong)Page << 12) + 128, 8))));
        }).Start().Run(3);

        Assert.All(
            results[..^1],
            result => Assert.Equal(ExokernelRefusal.PageIsRegister, result.Refusal));
        Assert.NotEqual(ExokernelRefusal.None, results[^1].Refusal);
    }

    private static ulong Offset(int x, int y) => (ulong)DisplayRegisters.OffsetOf(Width, x, y);

    private static ulong AddressOf(int x, int y) => ((ulong)Page << 12) + Offset(x, y);

    private static FrameBuffer ScreenOf(ExokernelScene scene) => scene.Display!.Screen;

    private static ExokernelScene Scene(TlbRefill refill, params Guard[] off) =>
        new(refill == TlbRefill.Software ? Software : TlbModel.Default, off)
        {
            Screen = new DisplayOptions { Width = Width, Height = 48 },
        };

    private static long CountOf(ExokernelScene scene, string name) =>
        scene.Kernel.BindingCounts.Single(count => count.Key == name).Value;

    private static List<string> Findings(ExokernelScene scene)
    {
        var findings = new List<string>();
        scene.Kernel.CheckFrames(findings);
        return findings;
    }

    /// <summary>Binds a window, fills it, and goes on with other things.</summary>
    private async EmulatedTask Paint(
        TestEnvironment environment, PixelRectangle window, uint colour)
    {
        var bound = await environment.Call(new WindowCall.BindWindow(window, Page, 0));
        if (bound.Refusal != ExokernelRefusal.None)
            throw new InvalidOperationException($"{bound.Refusal}");
        // The first page that is mapped is that of the window's first pixel.
        var start = ((ulong)Page << 12) - (Offset(window.X, window.Y) & ~0xFFFUL);
        for (var y = window.Y; y < window.Y + window.Height; y++)
        {
            for (var x = window.X; x < window.X + window.Width; x++)
                stores.Add(await environment.Store(start + Offset(x, y), colour));
        }
    }

    /// <summary>One who draws into, and looks at, what is to the left of its window.</summary>
    private ExokernelScene Intrusion(TlbRefill refill, params Guard[] off) => Scene(refill, off)
        .With("victim", environment => Paint(environment, Right, 0xBB))
        .With("intruder", async environment =>
        {
            while (true)
            {
                var bound = await environment.Call(new WindowCall.BindWindow(Left, Page, 0));
                if (bound.Value == 2)
                    break;
                await environment.Call(new WindowCall.UnbindWindow(bound.Value, 0));
            }

            loads.Add(await environment.Load(AddressOf(40, 1)));
            await environment.Store(AddressOf(40, 1), 0xDEAD);
            await environment.Compute();
        });

    private ExokernelScene Thief(params Guard[] off) => Scene(TlbRefill.Hardware, off)
        .With("victim", environment => Paint(environment, Left, 0xAA))
        .With("thief", async environment =>
        {
            // A slice of its own passes, and the victim's is over.
            while (environment.Starts.Count < 2)
                await environment.Call(new KernelCall.Nothing());
            results.Add(await environment.Call(new WindowCall.MapWindow(1, Page, 0)));
            results.Add(await environment.Call(new WindowCall.PassWindow(1, 1, 0)));
            results.Add(await environment.Call(new WindowCall.UnbindWindow(1, 0)));
            results.Add(await environment.Call(new WindowCall.UnbindWindow(9, 0)));
        });
}
