using Disguise.Actors.Execution;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Revocation;
using Disguise.LibOS.VirtualMemory;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// What ExOS does about frames that the kernel has taken by force (Engler et al., SOSP 1995,
/// section 3.5): it has loaded its repossession vector with places at the swap server beforehand;
/// it reads which frames are gone; a page that its store has is paged in from there when it is
/// touched, one that only the swap server has is read back into another frame. What nobody has is
/// lost: who touches it crashes.
/// </summary>
internal sealed class MemoryRepair(
    KernelGate gate, EnvironmentFrames frames, PageBindings bindings, MemoryReturns returns,
    Func<EmulatedTask<bool>> carryOut, Func<long, EmulatedTask> wait)
{
    private readonly Queue<(long Page, long Place)> elsewhere = new();

    /// <summary>Loads places for what may be taken, as many as the kernel lets it.</summary>
    public async EmulatedTask Prepare(int places) =>
        await gate.Call(new MemoryCall.LoadBacking(places));

    /// <summary>
    /// Makes good what the repossession vector names. Before anything is decided about a frame all
    /// that was taken is known.
    /// </summary>
    public async EmulatedTask Run(VirtualAddressSpace library)
    {
        var mayAdd = true;
        while (true)
        {
            if (returns.TakeLost(out var isVectorFull))
                await Read(library, isVectorFull);
            else if (frames.Pool.Count < MemoryReturns.Kept && mayAdd)
                mayAdd = await frames.TryAdd();
            else if (elsewhere.TryDequeue(out var one))
                await MakeGood(library, one.Page, one.Place);
            else
                return;
        }
    }

    /// <summary>
    /// Reads what was taken, to the last. Where the vector had no room for all of it, the library
    /// looks which of its frames it sees no more. Other places are loaded for those in use.
    /// </summary>
    private async EmulatedTask Read(VirtualAddressSpace library, bool isVectorFull)
    {
        var before = elsewhere.Count;
        while (true)
        {
            var taken = await gate.Call(new MemoryCall.ReadRepossession());
            if (taken.Refusal != ExokernelRefusal.None)
                break;
            await Note(library, taken.Value, taken.Second);
        }

        if (elsewhere.Count > before)
            await Prepare(elsewhere.Count - before);
        if (!isVectorFull)
            return;
        foreach (var frame in frames.Pool.All.Where(frame => !frames.IsSeen(frame)).ToArray())
            await Note(library, frame, Repossession.NoBacking);
    }

    private async EmulatedTask Note(VirtualAddressSpace library, long frame, long place)
    {
        bindings.FrameBroken(frame);
        var page = returns.Forget(frame);
        if (page < 0)
            page = library.Lose(frame);
        frames.Pool.Leave(frame);
        if (page >= 0 && place >= 0)
            elsewhere.Enqueue((page, place));
        else if (page >= 0)
            library.Abandon(page);
        else if (place >= 0)
            await gate.Call(new MemoryCall.KeepBacking(place));
    }

    /// <summary>
    /// Reads a page back that only the swap server has. Where the frame for it is taken as well, it
    /// is tried again; where there is none, it is lost.
    /// </summary>
    private async EmulatedTask MakeGood(
        VirtualAddressSpace library, long page, long place)
    {
        if (!library.TryRestore(page, out var home))
        {
            library.Abandon(page);
            await gate.Call(new MemoryCall.KeepBacking(place));
            return;
        }

        await carryOut();
        var read = await gate.Call(new MemoryCall.ReadBack(place, home));
        if (read.Refusal != ExokernelRefusal.None)
        {
            library.Lose(home);
            frames.Pool.Leave(home);
            elsewhere.Enqueue((page, place));
            return;
        }

        await wait(Math.Max(0, read.Value - gate.ClockPs));
    }
}
