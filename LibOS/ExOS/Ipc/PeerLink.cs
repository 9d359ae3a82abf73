using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Profiles;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// What an end of a conversation knows of the other: its number, and how to give it the rest of a
/// slice. Callee-saved registers are the library's to keep: it saves them before it gives the
/// processor away and loads them afterwards.
/// </summary>
internal sealed class PeerLink(CpuContext context, KernelGate gate, int peer)
{
    /// <summary>Yields without anything new after which the kernel's book is looked into.
    /// </summary>
    private const int PatienceYields = 64;

    private int idleYields;

    /// <summary>The number of the other environment.</summary>
    public int Peer => peer;

    /// <summary>The time that the library has reached.</summary>
    public long ClockPs => context.ClockPs;

    /// <summary>Runs instructions of the library's own.</summary>
    public void Instructions(int count) => context.Charge(HardwareCosts.Instruction, count);

    /// <summary>Registers stored, or loaded.</summary>
    public void SaveRegisters() => context.Charge(ExokernelCosts.ContextSave);

    /// <summary>Something came from the other end.</summary>
    public void Heard() => idleYields = 0;

    /// <summary>
    /// Leaves the processor to the other end and goes on in a slice of one's own. False when the
    /// other end is no more.
    /// </summary>
    public async EmulatedTask<bool> Yield()
    {
        if (++idleYields >= PatienceYields)
        {
            idleYields = 0;
            var found = await gate.Call(new KernelCall.CountSlices(peer));
            if (found.Refusal == ExokernelRefusal.NoSuchEnvironment)
                return false;
        }

        SaveRegisters();
        await gate.Yield(peer);
        SaveRegisters();
        return true;
    }

    /// <summary>
    /// Sleeps until something of the other end's is so, or a time. False where it may not be looked
    /// at, or is no more.
    /// </summary>
    public async EmulatedTask<bool> Sleep(WakeupPredicate news, long untilPs)
    {
        SaveRegisters();
        var slept = await gate.SleepFor(news, untilPs);
        SaveRegisters();
        return slept;
    }
}
