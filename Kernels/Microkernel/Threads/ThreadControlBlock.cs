using Disguise.Hardware.Cores;
using Disguise.Kernels.Microkernel.Domains;
using Disguise.Kernels.Microkernel.Ipc;

namespace Disguise.Kernels.Microkernel.Threads;

/// <summary>What the kernel knows of a thread.</summary>
internal sealed class ThreadControlBlock
{
    /// <summary>In place of a slot: no capability.</summary>
    public const int NoSlot = -1;

    /// <summary>A thread that is ready.</summary>
    /// <param name="number">Its number in the kernel.</param>
    /// <param name="domain">Whose it is.</param>
    /// <param name="registers">Its registers when it traps.</param>
    /// <param name="priority">0 to 63, the highest runs first.</param>
    /// <param name="core">The core it runs on.</param>
    public ThreadControlBlock(
        int number, Domain domain, ThreadRegisters registers, int priority, int core)
    {
        Number = number;
        Domain = domain;
        Registers = registers;
        Priority = priority;
        Core = core;
        IpcMessage = new NucleusProtocol.Delivered(registers);
        ResultMessage = new NucleusProtocol.Returned(registers);
    }

    /// <summary>Its number in the kernel.</summary>
    public int Number { get; }

    /// <summary>Number and generation: what names it to what may outlive it.</summary>
    public uint Name { get; set; }

    /// <summary>Whose it is.</summary>
    public Domain Domain { get; }

    /// <summary>Its registers when it traps and when it returns.</summary>
    public ThreadRegisters Registers { get; }

    /// <summary>0 to 63; the highest runs first.</summary>
    public int Priority { get; }

    /// <summary>The core it runs on.</summary>
    public int Core { get; }

    /// <summary>What its domain gets when a message is in the registers.</summary>
    public NucleusProtocol.Delivered IpcMessage { get; }

    /// <summary>What its domain gets when a result is in the registers.</summary>
    public NucleusProtocol.Returned ResultMessage { get; }

    /// <summary>What runs; none in tests of the rules alone.</summary>
    public CpuContext? Context { get; init; }

    /// <summary>Where it is.</summary>
    public ThreadStatus State { get; set; }

    /// <summary>The endpoint at which it waits.</summary>
    public Endpoint? WaitsAt { get; set; }

    /// <summary>While it sends: the badge of its capability.</summary>
    public ulong SendBadge { get; set; }

    /// <summary>While it sends or waits for an answer: the slot of the capability it used.
    /// </summary>
    public int SendSlot { get; set; } = NoSlot;

    /// <summary>While it sends: whether it wants an answer.</summary>
    public bool Calls { get; set; }

    /// <summary>While it waits for an answer: the slot of the capability to give it.</summary>
    public int ReplySlot { get; set; } = NoSlot;

    /// <summary>The notification bound to it.</summary>
    public Notification? Bound { get; set; }

    /// <summary>Counts its waits, so that a deadline of an earlier one is ignored.</summary>
    public int WaitGeneration { get; set; }

    /// <summary>What it finds when it runs next.</summary>
    public ReturnKind Returns { get; set; }

    /// <summary>It trapped in the very instant in which it lost its core.</summary>
    public bool HasDeferredTrap { get; set; }

    /// <summary>The queue it stands in.</summary>
    public ThreadQueue? Queue { get; set; }

    /// <summary>Who stands behind it.</summary>
    public ThreadControlBlock? Next { get; set; }

    /// <summary>Who stands before it.</summary>
    public ThreadControlBlock? Previous { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"thread {Number} of domain {Domain.Number}";
}
