using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Actors.Randomness;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Display;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Windows;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel.Windows;

/// <summary>
/// Environments that bind, map, pass on, give up and draw at random, also where they may not, while
/// one of them is ended: what is to be seen in a window was drawn by who has or had it.
/// </summary>
public sealed class WindowFuzzSpecs
{
    private const int Width = 64;
    private const int Height = 48;
    private const int Steps = 1_000;
    private const int EnvironmentCount = 3;

    /// <summary>Who has had each window since it was bound.</summary>
    private readonly SortedSet<int>[] owners =
        [.. Enumerable.Range(0, DisplayRegisters.TagCount).Select(_ => new SortedSet<int>())];

    private readonly List<int> recent = [1];
    private int calls;
    private int granted;

    public static TheoryData<ulong, TlbRefill> Runs()
    {
        var runs = new TheoryData<ulong, TlbRefill>();
        for (var seed = 1UL; seed <= 100; seed++)
            runs.Add(seed, seed % 2 == 0 ? TlbRefill.Hardware : TlbRefill.Software);
        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void No_window_shows_what_another_has_drawn(ulong seed, TlbRefill refill)
    {
        using var scene = Scene(seed, refill).Start();
        var foreign = 0;
        for (var slice = 0; slice < 60; slice++)
        {
            if (slice == 20)
                scene.End(1);
            foreign += Foreign(scene.Run(1).Display!.Screen);
            var findings = new List<string>();
            scene.Kernel.CheckFrames(findings);
            Assert.Empty(findings);
        }

        Assert.Equal(0, foreign);
        var screen = scene.Display!.Screen;
        Assert.True(
            screen.WriteCount > 10 && screen.RefusedCount > 30,
            $"{screen.WriteCount} written, {screen.RefusedCount} refused");
        Assert.InRange(granted, 50, calls - 50);
        Assert.All(
            Enumerable.Range(0, Height).SelectMany(y => Enumerable.Range(0, Width)
                .Select(x => screen.TagAt(x, y))),
            tag => Assert.True(tag == 0 || !owners[tag].SetEquals([1])));
    }

    [Fact]
    public void Without_the_comparison_of_tags_windows_show_what_others_have_drawn()
    {
        using var scene = Scene(1, TlbRefill.Hardware, DisplayGuards.OwnershipTag).Start();
        var foreign = 0;
        for (var slice = 0; slice < 20; slice++)
            foreign += Foreign(scene.Run(1).Display!.Screen);

        Assert.True(foreign > 0);
    }

    private ExokernelScene Scene(ulong seed, TlbRefill refill, params Guard[] off)
    {
        var tlb = refill == TlbRefill.Software
            ? new TlbModel(TlbRefill.Software, 64, 64) : TlbModel.Default;
        var scene = new ExokernelScene(tlb, off)
        {
            Screen = new DisplayOptions { Width = Width, Height = Height },
        };
        for (var number = 0; number < EnvironmentCount; number++)
        {
            var random = new DeterministicRandom(seed).Fork(number);
            scene.With($"e{number}", environment => Play(environment, random));
        }

        return scene;
    }

    private async EmulatedTask Play(TestEnvironment environment, DeterministicRandom random)
    {
        for (var step = 0; step < Steps; step++)
        {
            // Each number of a window has pages of its own.
            var window = recent[(int)random.Below((ulong)recent.Count)];
            var page = PageOf(window);
            switch (random.Below(12))
            {
                case 0:
                    await Bind(environment, random);
                    break;
                case 1:
                    await Call(environment, new WindowCall.MapWindow(window, page, 0));
                    break;
                case 2:
                    var receiver = (int)random.Below(EnvironmentCount);
                    if (owners[window].Contains(environment.Number))
                        owners[window].Add(receiver);
                    await Call(environment, new WindowCall.PassWindow(window, receiver, 0));
                    break;
                case 3:
                    await Call(environment, new WindowCall.UnbindWindow(window, 0));
                    break;
                case 4:
                    environment.CpuContext.Charge(HardwareCosts.Work, 4_000_000_000);
                    break;
                default:
                    for (var pixels = 0; pixels < 12; pixels++)
                    {
                        var at = random.Below(3 * 1024) * DisplayRegisters.PixelBytes;
                        await environment.Store(
                            ((ulong)page << 12) + at, (uint)environment.Number + 1);
                    }

                    break;
            }
        }
    }

    private static long PageOf(int window) => 0x2000 + (window * 0x10);

    private async EmulatedTask Bind(TestEnvironment environment, DeterministicRandom random)
    {
        var rectangle = new PixelRectangle(
            (int)random.Below(Width), (int)random.Below(Height),
            (int)random.Below(Width), (int)random.Below(Height));
        var bound = await Call(
            environment, new WindowCall.BindWindow(rectangle, PageOf(0), 0));
        if (bound.Refusal != ExokernelRefusal.None)
            return;
        var window = (int)bound.Value;
        recent.Add(window);
        if (recent.Count > 4)
            recent.RemoveAt(0);
        owners[window].Clear();
        owners[window].Add(environment.Number);
        await Call(environment, new WindowCall.MapWindow(window, PageOf(window), 0));
    }

    private async EmulatedTask<CallResult> Call(
        TestEnvironment environment, WindowCall call)
    {
        var result = await environment.Call(call);
        calls++;
        granted += result.Refusal == ExokernelRefusal.None ? 1 : 0;
        return result;
    }

    /// <summary>Pixels that are drawn by who never had their window, or in none.</summary>
    private int Foreign(FrameBuffer screen)
    {
        var foreign = 0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var pixel = screen.PixelAt(x, y);
                if (pixel != 0 && !owners[screen.TagAt(x, y)].Contains((int)pixel - 1))
                    foreign++;
            }
        }

        return foreign;
    }
}
