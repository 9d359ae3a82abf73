using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// The library's half of robust critical sections (Kaashoek et al., SOSP 1997, section 5.1): in and
/// out is a store to a word in a page of its own; only where something was held back meanwhile does
/// the library call the kernel for it.
/// <code>
///   0 inside   4 held back   8 sections that the kernel broke
/// </code>
/// </summary>
internal sealed class CriticalSection(CpuContext context, DomainMemory memory, KernelGate gate)
{
    /// <summary>The page of the words: behind the shared pages of conversations.</summary>
    internal const long Page = (2L << 18) + (1 << 11);

    private const ulong HeldOffset = 4;
    private const ulong BrokenOffset = 8;
    private const int EnterInstructions = 2;
    private const int LeaveInstructions = 6;

    private readonly ulong address = (ulong)Frame.AddressOf(Page);
    private bool isRegistered;
    private uint broken;

    /// <summary>Software interrupts wait from now on. False where the kernel refuses.</summary>
    public async EmulatedTask<bool> Enter()
    {
        if (!isRegistered && !await Register())
            return false;
        context.Charge(HardwareCosts.Instruction, EnterInstructions);
        // The kernel looks at the word: it changes when the store is made, not before.
        await context.Sync();
        broken = memory.ReadUInt32(address + BrokenOffset);
        memory.Write(address, 1u);
        return true;
    }

    /// <summary>
    /// They come again, those that have waited first. Whether nothing came between since the
    /// section was entered: false where it took longer than the kernel's bound.
    /// </summary>
    public async EmulatedTask<bool> Leave()
    {
        context.Charge(HardwareCosts.Instruction, LeaveInstructions);
        await context.Sync();
        memory.Write(address, 0u);
        var isWhole = memory.ReadUInt32(address + BrokenOffset) == broken;
        if (memory.ReadUInt32(address + HeldOffset) != 0)
            await gate.Call(new SectionCall.Leave());
        return isWhole;
    }

    private async EmulatedTask<bool> Register()
    {
        var frame = await gate.Call(new KernelCall.AllocateFrames(1));
        if (frame.Refusal != ExokernelRefusal.None)
            return false;
        var mapped = await gate.Call(new KernelCall.MapPages(
            Page, frame.Value, 1, IsWritable: true));
        if (mapped.Refusal != ExokernelRefusal.None)
            return false;
        var registered = await gate.Call(new SectionCall.Register(frame.Value, 0));
        return isRegistered = registered.Refusal == ExokernelRefusal.None;
    }
}
