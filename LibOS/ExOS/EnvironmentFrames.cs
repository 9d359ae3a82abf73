using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.LibOS.Memory;
using Disguise.LibOS.VirtualMemory;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// The frames that an environment has for its virtual memory, and the pages in which its library
/// sees them. Some go, given back or taken by force, and others come in their place. Those of a
/// child are its parent's: both take from one pool, and the child maps what it has to see.
/// </summary>
internal sealed class EnvironmentFrames(
    KernelGate gate, DomainMemory memory, EnvironmentFrames? parent = null)
{
    /// <summary>Page from which the library sees its frames: at 3 GiB.</summary>
    private const long WindowPage = 3L << 18;

    /// <summary>Pages of the window: to 4 GiB.</summary>
    private const long WindowPages = 1L << 18;

    /// <summary>Frames that a child has mapped.</summary>
    private readonly SortedSet<long> seen = [];

    /// <summary>Windows of frames that came later, which stand in no row.</summary>
    private readonly SortedDictionary<long, long> windows = [];
    private long firstFrame;
    private long firstCount;
    private long windowsUsed;
    private bool isShared;

    /// <summary>The frames.</summary>
    public FramePool Pool { get; } = parent?.Pool ?? new FramePool();

    /// <summary>The first frame behind those that it was granted: nobody's, or a stranger's.
    /// </summary>
    public long FrameBehind => firstFrame + firstCount;

    /// <summary>
    /// Asks for frames in a row. False when they, or what it takes to see them, are refused:
    /// nothing is kept then.
    /// </summary>
    public async EmulatedTask<bool> Allocate(int count)
    {
        var allocated = await gate.Call(new KernelCall.AllocateFrames(count));
        if (allocated.Refusal != ExokernelRefusal.None)
            return false;
        if (!await See(allocated.Value, WindowPage, count))
            return false;
        firstFrame = allocated.Value;
        firstCount = windowsUsed = count;
        Pool.Grant(Enumerable.Range(0, count).Select(frame => firstFrame + frame));
        return true;
    }

    /// <summary>The same frames for a child, with its way to the kernel and its memory.</summary>
    public EnvironmentFrames For(KernelGate childsGate, DomainMemory childsMemory)
    {
        isShared = true;
        return new EnvironmentFrames(childsGate, childsMemory, this) { isShared = true };
    }

    /// <summary>Has a frame be seen, which a child has not mapped yet. False when that is refused.
    /// </summary>
    public async EmulatedTask<bool> See(long frame)
    {
        if (parent is null || frame == MemoryAction.NoFrame || seen.Contains(frame))
            return true;
        var mapped = await gate.Call(new KernelCall.MapPages(
            Frame.NumberOf((long)WindowOf(frame)), frame, 1, IsWritable: true));
        if (mapped.Refusal != ExokernelRefusal.None)
            return false;
        seen.Add(frame);
        return true;
    }

    /// <summary>
    /// Asks for one more frame. False when it is refused, and where a child may still have a share
    /// of a frame that had its number.
    /// </summary>
    public async EmulatedTask<bool> TryAdd()
    {
        if (isShared || windowsUsed >= WindowPages)
            return false;
        var allocated = await gate.Call(new MemoryCall.AllocateFrame(-1));
        if (allocated.Refusal != ExokernelRefusal.None
            || !await See(allocated.Value, WindowPage + windowsUsed, 1))
            return false;
        windows[allocated.Value] = WindowPage + windowsUsed++;
        Pool.Join(allocated.Value);
        return true;
    }

    /// <summary>Where the library sees a frame.</summary>
    public ulong WindowOf(long frame) => parent?.WindowOf(frame) ?? (ulong)Frame.AddressOf(
        windows.TryGetValue(frame, out var page) ? page : WindowPage + frame - firstFrame);

    /// <summary>Whether the library sees a frame: not one that was taken.</summary>
    public bool IsSeen(long frame) => memory.CanRead(WindowOf(frame));

    private async EmulatedTask<bool> See(long frame, long page, int count)
    {
        var mapped = await gate.Call(new KernelCall.MapPages(page, frame, count, IsWritable: true));
        if (mapped.Refusal == ExokernelRefusal.None)
            return true;
        await gate.Call(new MemoryCall.FreeFrames(frame, count, KernelGate.OwnCredential));
        return false;
    }
}
