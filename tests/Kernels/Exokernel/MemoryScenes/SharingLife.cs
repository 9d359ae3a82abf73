using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Regions;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>
/// What an environment does that shares its pages, takes what others share, and tries what nobody
/// does: a random call every few microseconds.
/// </summary>
/// <param name="scene">The machine.</param>
/// <param name="number">The environment.</param>
/// <param name="random">What it does next.</param>
/// <param name="table">Sealed capabilities, where everybody finds them.</param>
/// <param name="regions">The words of regions, likewise.</param>
/// <param name="bound">Called when it has bound a page of another.</param>
internal sealed class SharingLife(
    MemoryScene scene, int number, Random random, List<PageCapability> table,
    List<long> regions, Action bound)
{
    private const long StepPs = 4 * Picoseconds.PerMicrosecond;
    private const int Slots = 3;

    private List<long> Frames => scene.Environments[number].Frames;

    public async EmulatedTask Live(MemoryEnvironment environment, long endPs, int pages)
    {
        environment.OnRequest = request =>
        {
            if (random.Next(3) > 0)
                environment.Return([.. Frames.TakeLast(request.Amount)]);
        };
        while (environment.Cpu.ClockPs < endPs)
        {
            await environment.Work(environment.Cpu.ClockPs + random.NextInt64(StepPs));
            var page = random.Next(pages);
            if (random.Next(3) == 0)
                await Own(environment, page);
            else if (random.Next(2) == 0)
                await Open(environment);
            else
                await Take(environment, page);
            for (var touched = 0; touched < pages; touched++)
            {
                if (!environment.TryStore(touched, (ulong)number))
                    environment.TryLoad(touched, out _);
                environment.TryLoad(
                    Colliding(random.Next(scene.Environments.Count), touched), out _);
            }
        }
    }

    /// <summary>The page that has its place in the software TLB where a page of another has it.
    /// </summary>
    private long Colliding(int other, int page) =>
        ((MemoryEnvironment.FirstPage + page) ^ SoftwareTlb.IndexOf(other, 0)
            ^ SoftwareTlb.IndexOf(number, 0)) - MemoryEnvironment.FirstPage;

    /// <summary>Memory of its own.</summary>
    private async EmulatedTask Own(MemoryEnvironment environment, int page)
    {
        if (random.Next(4) == 0 && Frames.Count > 0)
        {
            await environment.Call(new MemoryCall.FreeFrames(Any(Frames), 1, 0));
            return;
        }

        var frame = (await environment.Call(new MemoryCall.AllocateFrame(-1))).Value;
        Frames.Add(frame);
        if (random.Next(6) == 0)
        {
            await Withdraw(environment, frame);
            return;
        }

        if (random.Next(6) > 0)
        {
            await environment.Bind(page, frame);
            return;
        }

        await environment.Call(new MemoryCall.ReserveFrame(frame, true));
        await environment.Call(new MemoryCall.GuaranteePage(
            MemoryEnvironment.FirstPage + page, frame, PageRights.Writable, 0));
    }

    /// <summary>Regions that others read, if they have what they were offered, and no binding.
    /// </summary>
    private async EmulatedTask Withdraw(MemoryEnvironment environment, long frame)
    {
        var own = Capability.OfEnvironment(number, 0);
        for (var region = 0; region < 2; region++)
        {
            var made = await environment.Call(new RegionCall.Create(
                new RegionRange(frame, random.Next(64), 1 + random.Next(64)),
                own.Below(1, CapabilityPermissions.Read), own, 0));
            if (made.Refusal == ExokernelRefusal.None)
                regions.Add(made.Value);
        }
    }

    /// <summary>Something of its own is opened to another, by list, seal, or credential.</summary>
    private async EmulatedTask Open(MemoryEnvironment environment)
    {
        if (Frames.Count == 0)
            return;
        var (frame, other) = (Any(Frames), random.Next(scene.Environments.Count));
        var own = Capability.OfEnvironment(number, 0);
        switch (random.Next(3))
        {
            case 0:
                await environment.Call(new MemoryCall.ChangeList(
                    frame, 0, 1, Capability.OfEnvironment(other, 0).With(Permissions())));
                break;
            case 1:
                var made = await environment.Call(
                    new MemoryCall.SealPage(frame, random.Next(2) == 0, 0));
                if (made.Refusal == ExokernelRefusal.None)
                    table.Add(new PageCapability((ulong)made.Second, (ulong)made.Value));
                break;
            default:
                await environment.Call(new MemoryCall.Offer(
                    0, other, random.Next(2) == 0 ? own.With(Permissions())
                        : own.Below(1, Permissions())));
                break;
        }
    }

    /// <summary>It tries what others have: as they opened it, too late, or not at all.</summary>
    private async EmulatedTask Take(MemoryEnvironment environment, int page)
    {
        var other = random.Next(scene.Environments.Count);
        var theirs = scene.Environments[other].Frames;
        var result = default(CallResult);
        switch (random.Next(6))
        {
            case 0:
                await environment.Call(new MemoryCall.Acquire(other, 1 + random.Next(Slots)));
                return;
            case 1:
                await environment.Call(new MemoryCall.Forge(
                    random.Next(Slots), 1 + random.Next(Slots),
                    Capability.OfEnvironment(other, 0)));
                return;
            case 2 when table.Count > 0:
                var found = Any(table);
                var shown = random.Next(4) > 0 ? found : found with { Seal = found.Seal + 1 };
                result = await environment.Call(new MemoryCall.BindSealed(
                    MemoryEnvironment.FirstPage + page, shown, Rights()));
                break;
            case 3 when regions.Count > 0:
                var region = RegionId.Of(Any(regions));
                var address = MemoryEnvironment.AddressOf(page);
                await environment.Call(random.Next(3) switch
                {
                    0 => new RegionCall.Read(region, 0, 8, address, random.Next(Slots)),
                    1 => new RegionCall.Write(region, 0, 8, address, random.Next(Slots)),
                    _ => new RegionCall.Remove(region),
                });
                return;
            case 4:
                await environment.Call(new MemoryCall.ProtectRange(
                    MemoryEnvironment.FirstPage + page, 1, Rights(), random.Next(Slots)));
                return;
            default:
                if (theirs.Count == 0)
                    return;
                result = await environment.Bind(
                    page, FrameOf(other), Rights(), random.Next(Slots));
                break;
        }

        if (result.Refusal == ExokernelRefusal.None && other != number)
            bound();
    }

    private PageRights Rights() => random.Next(2) == 0 ? PageRights.None : PageRights.Writable;

    private CapabilityPermissions Permissions() => random.Next(2) == 0
        ? CapabilityPermissions.Read : CapabilityPermissions.All;

    /// <summary>A frame of another's, now and then one of its page tables.</summary>
    private long FrameOf(int other)
    {
        var root = scene.Kernel.State.Environments.ByNumber(other)?.Memory.Space.RootAddress ?? 0;
        return root > 0 && random.Next(2) == 0
            ? Frame.NumberOf(root) : Any(scene.Environments[other].Frames);
    }

    private T Any<T>(List<T> list) => list[random.Next(list.Count)];
}
