using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Hardware.Display;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.Kernels.Monolithic.Windows;
using Disguise.LibOS.Applications;
using Disguise.LibOS.SystemCalls;

namespace Disguise.LibOS.Tests.SystemCalls;

/// <summary>Windows that a monolithic kernel draws.</summary>
public sealed class WindowSpecs
{
    private const long Buffer = ProcessImage.FirstPage << Frame.Shift;
    private const long Foreign = 0x7000_0000_0000;
    private static readonly long Left = Pair(0, 0);
    private static readonly long Right = Pair(32, 0);
    private static readonly long Half = Pair(32, 48);

    private readonly List<ErrorNumber> errors = [];

    [Fact]
    public void A_process_draws_into_its_window_and_no_further()
    {
        using var world = World().Process(async (host, sockets) =>
        {
            Assert.Equal(
                WindowOpening.Opened, await host.Screen!.Open(new PixelRectangle(32, 8, 16, 16)));
            await host.Screen.Draw(
                new PixelRectangle(2, 3, 2, 2), new uint[] { 1, 2, 3, 4 });
        }).Start();

        var screen = world.Display!.Screen;
        Assert.Equal((4, 0), (screen.WriteCount, screen.RefusedCount));
        Assert.Empty(world.Refused);
        Assert.Contains(("open-window", false), world.Calls);
    }

    [Fact]
    public void An_image_of_more_pixels_than_a_call_takes_goes_in_several()
    {
        using var world = World().Process(async (host, sockets) =>
        {
            await host.Screen!.Open(new PixelRectangle(0, 0, 64, 48));
            await host.Screen.Draw(
                new PixelRectangle(0, 0, 64, 48),
                Enumerable.Range(1, 64 * 48).Select(pixel => (uint)pixel).ToArray());
            await Forever(host);
        }).Start();

        Assert.Equal(64 * 48, world.Display!.Screen.WriteCount);
        Assert.Equal(1u, world.Display.Screen.PixelAt(0, 0));
        Assert.Equal(64u * 48u, world.Display.Screen.PixelAt(63, 47));
    }

    [Fact]
    public void Each_mistake_has_its_error()
    {
        using var world = World().Process(async (host, sockets) =>
        {
            await Call(sockets, SystemCallNumber.OpenWindow, Left, Half);
            await Call(sockets, SystemCallNumber.OpenWindow, Pair(31, 0), Half);
            await Call(sockets, SystemCallNumber.OpenWindow, Pair(40, 0), Half);
            await Call(sockets, SystemCallNumber.DrawWindow, 2, 0, Pair(1, 1), Buffer);
            await Call(sockets, SystemCallNumber.DrawWindow, -1, 0, Pair(1, 1), Buffer);
            await Call(sockets, SystemCallNumber.DrawWindow, 1, Pair(31, 0), Pair(2, 1), Buffer);
            await Call(sockets, SystemCallNumber.DrawWindow, 1, 0, Pair(32, 33), Buffer);
            await Call(sockets, SystemCallNumber.DrawWindow, 1, 0, Pair(1, 1), Foreign);
            await Call(sockets, SystemCallNumber.DrawWindow, 1, 0, Pair(1, 1), Buffer);
        }).Start();

        Assert.Equal(
            [
                ErrorNumber.None, ErrorNumber.Busy, ErrorNumber.InvalidArgument,
                ErrorNumber.BadDescriptor, ErrorNumber.BadDescriptor,
                ErrorNumber.InvalidArgument, ErrorNumber.MessageSize, ErrorNumber.BadAddress,
                ErrorNumber.None,
            ],
            errors);
    }

    [Fact]
    public void Where_there_is_no_display_there_is_no_device()
    {
        using var world = new ProcessWorld().Process(async (host, sockets) =>
        {
            await Call(sockets, SystemCallNumber.OpenWindow, Left, Half);
            await Call(sockets, SystemCallNumber.DrawWindow, 1, 0, Pair(1, 1), Buffer);
        }).Start();

        Assert.Equal([ErrorNumber.NoDevice, ErrorNumber.NoDevice], errors);
    }

    [Fact]
    public void Nobody_draws_into_anothers_window()
    {
        using var world = Intrusion().Start();

        Assert.Equal([ErrorNumber.BadDescriptor], errors);
        Assert.Equal(0u, world.Display!.Screen.PixelAt(0, 0));
    }

    [Fact]
    public void Without_the_check_of_the_owner_a_process_draws_into_anothers_window()
    {
        using var world = Intrusion(WindowGuards.Owner).Start();

        Assert.Equal([ErrorNumber.None], errors);
        Assert.Equal(0xDEADu, world.Display!.Screen.PixelAt(0, 0));
    }

    [Fact]
    public void The_windows_of_a_process_that_ends_are_black_and_free()
    {
        var drawn = 0u;
        using var world = World();
        world.Process(async (host, sockets) =>
        {
            await host.Screen!.Open(new PixelRectangle(0, 0, 32, 48));
            await host.Screen.Draw(new PixelRectangle(0, 0, 1, 1), new uint[] { 7 });
            host.Work(1_000_000);
            await host.Settle();
            drawn = world.Display!.Screen.PixelAt(0, 0);
        }).Start();
        world.Run();

        var screen = world.Display!.Screen;
        Assert.Equal(7u, drawn);
        Assert.Equal((0u, 0), (screen.PixelAt(0, 0), screen.TagAt(0, 0)));
    }

    private static long Pair(int low, int high) => (uint)low | ((long)high << 32);

    private static ProcessWorld World(params Guard[] off) => new(cores: 2, off)
    {
        Screen = new DisplayOptions { Width = 64, Height = 48 },
    };

    private static async EmulatedTask Forever(ApplicationHost host)
    {
        while (true)
        {
            host.Work(1_000_000_000);
            await host.Settle();
        }
    }

    private async EmulatedTask Call(
        ProcessSockets sockets, SystemCallNumber number, long first, long second,
        long third = 0, long fourth = 0)
    {
        await sockets.Gate.Call(number, first, second, third, fourth);
        errors.Add(sockets.Error);
    }

    /// <summary>The second draws by the number of the first one's window.</summary>
    private ProcessWorld Intrusion(params Guard[] off) => World(off)
        .Process(async (host, sockets) =>
        {
            await sockets.Gate.Call(SystemCallNumber.OpenWindow, Left, Half);
            await Forever(host);
        })
        .Process(async (host, sockets) =>
        {
            host.Work(100_000_000);
            await host.Settle();
            await sockets.Gate.Call(SystemCallNumber.OpenWindow, Right, Half);
            host.Memory.Write((ulong)Buffer, 0xDEADu);
            await Call(sockets, SystemCallNumber.DrawWindow, 1, 0, Pair(1, 1), Buffer);
            await Forever(host);
        });
}
