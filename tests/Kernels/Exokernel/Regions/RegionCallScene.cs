using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Regions;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel.Regions;

/// <summary>
/// An owner of a region, and a peer that has the capability to read it, on a whole machine. Both
/// have a page that calls copy from and to.
/// </summary>
internal sealed class RegionCallScene : IDisposable
{
    public const int Owner = 0;
    public const int Peer = 1;
    public const int PeerSlot = 4;
    public const int LengthBytes = 64;
    public const ulong Value = 0x0123_4567_89AB_CDEF;

    private const long Page = 0x200;

    public RegionCallScene(params Guard[] guardsOff)
    {
        Machine = new ExokernelScene(guardsOff);
    }

    public ExokernelScene Machine { get; }

    /// <summary>Where the buffers of both are.</summary>
    public static ulong Buffer => (ulong)Frame.AddressOf(Page);

    public RegionId Region { get; private set; }

    /// <summary>The region's frame.</summary>
    public long RegionFrame { get; private set; }

    /// <summary>What the owner does after its region is there and has the value.</summary>
    public Func<TestEnvironment, EmulatedTask> OwnerThen { get; set; } =
        environment => environment.Compute();

    /// <summary>Runs the owner, a peer, and a third if there is one, for four slices.</summary>
    public RegionCallScene Run(
        Func<TestEnvironment, EmulatedTask> peer, Func<TestEnvironment, EmulatedTask>? third = null)
    {
        Machine.With("owner", MakeRegion).With("peer", async environment =>
        {
            await TakeBuffer(environment);
            await environment.Call(new MemoryCall.Acquire(Owner, PeerSlot));
            await peer(environment);
            await environment.Compute();
        });
        if (third is not null)
        {
            Machine.With("third", async environment =>
            {
                await TakeBuffer(environment);
                await third(environment);
                await environment.Compute();
            });
        }

        Machine.Start().Run(12);
        return this;
    }

    public async EmulatedTask<ExokernelRefusal> Read(
        TestEnvironment environment, int credential, int offset = 0, int length = 8,
        ulong? address = null) =>
        (await environment.Call(new RegionCall.Read(
            Region, offset, length, address ?? Buffer, credential))).Refusal;

    public async EmulatedTask<ExokernelRefusal> Write(
        TestEnvironment environment, int credential, ulong value, int offset = 0)
    {
        Store(environment, value);
        return (await environment.Call(new RegionCall.Write(
            Region, offset, sizeof(ulong), Buffer, credential))).Refusal;
    }

    public static void Store(TestEnvironment environment, ulong value) =>
        Assert.True(environment.CpuContext.Mmu.TryWriteUInt64(Buffer, value, out _));

    public static ulong Load(TestEnvironment environment)
    {
        Assert.True(environment.CpuContext.Mmu.TryReadUInt64(Buffer, out var value, out _));
        return value;
    }

    /// <summary>The first bytes of the region, as they stand in memory.</summary>
    public ulong InMemory() =>
        Machine.Machine.Memory.ReadUInt64(Frame.AddressOf(RegionFrame) + 96);

    public List<string> Findings()
    {
        var findings = new List<string>();
        Machine.Kernel.CheckFrames(findings);
        return findings;
    }

    public long CountOf(string name) =>
        Machine.Kernel.BindingCounts.Single(count => count.Key == name).Value;

    public void Dispose() => Machine.Dispose();

    private static async EmulatedTask TakeBuffer(TestEnvironment environment)
    {
        var frame = await environment.TakeFrame();
        var mapped = await environment.Call(new KernelCall.MapPages(Page, frame, 1, true));
        Assert.Equal(ExokernelRefusal.None, mapped.Refusal);
    }

    private async EmulatedTask MakeRegion(TestEnvironment environment)
    {
        await TakeBuffer(environment);
        RegionFrame = await environment.TakeFrame();
        var own = Capability.OfEnvironment(Owner, 0);
        var reader = own.Below(1, CapabilityPermissions.Read);
        var made = await environment.Call(new RegionCall.Create(
            new RegionRange(RegionFrame, 96, LengthBytes), reader, own, 0));
        Assert.Equal(ExokernelRefusal.None, made.Refusal);
        Region = RegionId.Of(made.Value);
        await environment.Call(new MemoryCall.Offer(0, Peer, reader));
        Assert.Equal(ExokernelRefusal.None, await Write(environment, 0, Value));
        await OwnerThen(environment);
    }
}
