using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Display;
using Disguise.Hardware.Machines;
using Disguise.Hardware.PciExpress;
using Disguise.Hardware.Tests.PciExpress;
using Screen = Disguise.Hardware.Display.Display;

namespace Disguise.Hardware.Tests.Display;

/// <summary>The display as a device: its BAR, and how stores and loads reach it.</summary>
public sealed class DisplaySpecs : IDisposable
{
    private const int Width = 64;
    private const long PostedWritePs = 200_000;
    private readonly Emulation emulation = new(new EmulationOptions());
    private readonly Island island;
    private readonly Machine machine;
    private readonly List<(long TimePs, long Word)> answers = [];
    private Screen display = null!;
    private IslandActorRef processor = null!;
    private long nowPs;

    public DisplaySpecs()
    {
        island = emulation.AddIsland("server");
        var costs = new CostTable();
        costs.Set(DeviceCosts.PciePostedWrite, PostedWritePs);
        machine = new Machine(
            island, "server", new MachineOptions { MemoryBytes = 1L << 22 }, costs);
        island.SpawnRoot(
            ActorProps.Of(() => new MachineActor(root =>
            {
                processor = root.Add("processor", () => new Processor(answers));
                display = Screen.Attach(
                    machine, new DisplayOptions { Width = Width, Height = 48 }, root.Parts);
            })),
            "server");
        Run(0);
    }

    public void Dispose() => emulation.Dispose();

    [Fact]
    public void A_store_arrives_as_a_posted_write()
    {
        Assign(1, new PixelRectangle(0, 0, 8, 8));

        Store(display.ApertureOf(1) + DisplayRegisters.OffsetOf(Width, 3, 2), 0xABCDEF);
        Run(PostedWritePs - 1);
        Assert.Equal(0u, display.Screen.PixelAt(3, 2));
        Run(1);

        Assert.Equal(0xABCDEFu, display.Screen.PixelAt(3, 2));
    }

    [Fact]
    public void A_load_goes_there_and_back()
    {
        Assign(1, new PixelRectangle(0, 0, 8, 8));
        Store(display.ApertureOf(1) + DisplayRegisters.OffsetOf(Width, 3, 2), 77);
        Run(PostedWritePs);

        Assert.Equal(77u, Load(display.ApertureOf(1) + DisplayRegisters.OffsetOf(Width, 3, 2)));
        Assert.Equal(nowPs, answers[^1].TimePs);
    }

    [Fact]
    public void Through_another_aperture_nothing_is_drawn_and_zero_is_read()
    {
        Assign(1, new PixelRectangle(0, 0, 8, 8));
        Assign(2, new PixelRectangle(8, 0, 8, 8));
        var pixel = DisplayRegisters.OffsetOf(Width, 8, 0);
        Store(display.ApertureOf(2) + pixel, 5);
        Store(display.ApertureOf(1) + pixel, 6);
        Run(PostedWritePs);

        Assert.Equal(5u, display.Screen.PixelAt(8, 0));
        Assert.Equal(0u, Load(display.ApertureOf(1) + pixel));
        Assert.Equal(2, display.Screen.RefusedOf(1));
    }

    [Fact]
    public void A_part_of_a_pixel_and_what_is_behind_the_last_are_refused()
    {
        Assign(1, new PixelRectangle(0, 0, Width, 48));

        Store(display.ApertureOf(1) + 2, 1);
        Store(display.ApertureOf(1) + DisplayRegisters.OffsetOf(Width, 0, 48), 1);
        Run(PostedWritePs);

        Assert.Equal((0, 2), (display.Screen.WriteCount, display.Screen.RefusedCount));
    }

    [Fact]
    public void The_size_of_the_screen_can_be_read() =>
        Assert.Equal((48u << 16) | Width, Load(display.RegistersAddress));

    [Fact]
    public void A_function_level_reset_makes_the_screen_nobodys()
    {
        Assign(1, new PixelRectangle(0, 0, 8, 8));
        Store(display.ApertureOf(1), 5);
        Run(PostedWritePs);
        var space = display.ConfigurationSpace;

        var express = space.FindCapability(CapabilityId.PciExpress);
        space.WriteUInt16(express + 8, 1 << 15);

        Assert.Equal((0u, 0), (display.Screen.PixelAt(0, 0), display.Screen.TagAt(0, 0)));
        Assert.Empty(machine.Mmio.Regions);
    }

    [RequiresProgramFact("lspci")]
    public void Lspci_reads_the_display()
    {
        var text = Lspci.Read("-vv -nn", LspciDump.Write([display.ConfigurationSpace]));

        Assert.Contains("20:00.0 Display controller [0380]", text);
        Assert.Contains("[1af4:10f2]", text);
        Assert.Contains("Region 0: Memory at 400800000000 (64-bit, non-prefetchable)", text);
        Assert.Contains("[a0] Express (v2) Endpoint", text);
        Assert.DoesNotContain("Single Root I/O Virtualization", text);
        Assert.DoesNotContain("<chain broken>", text);
    }

    private void Assign(int tag, PixelRectangle rectangle)
    {
        Store(
            display.RegistersAddress + DisplayRegisters.PositionOf(tag),
            DisplayRegisters.Pair(rectangle.X, rectangle.Y));
        Store(
            display.RegistersAddress + DisplayRegisters.SizeOf(tag),
            DisplayRegisters.Pair(rectangle.Width, rectangle.Height));
        Store(
            display.RegistersAddress + DisplayRegisters.ControlOf(tag), DisplayRegisters.Assign);
        Run(PostedWritePs);
    }

    private void Store(long address, uint value) => RegisterBus.Post(
        machine.Mmio, processor, address, value, nowPs + PostedWritePs);

    private uint Load(long address)
    {
        Assert.True(machine.Mmio.TryFind(address, out var region, out var offset));
        var device = ((IMmioTarget)region.Target!).ActorOf(0)!;
        island.Schedule(
            nowPs + PostedWritePs, device, MmioProtocol.RegisterRead.Instance, processor,
            MmioProtocol.RegisterRead.WordOf((int)offset, 4));
        Run(2 * PostedWritePs);
        Assert.Equal(4, MmioProtocol.RegisterReadCompletion.TagOf(answers[^1].Word));
        return MmioProtocol.RegisterReadCompletion.ValueOf(answers[^1].Word);
    }

    private void Run(long forPs)
    {
        nowPs += forPs;
        island.RunUntil(nowPs + 1);
    }

    private sealed class Processor(List<(long, long)> answers) : EmulatedActor
    {
        protected override void OnReceive(object message) => answers.Add((NowPs, Word));
    }
}
