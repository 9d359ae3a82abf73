using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Kernels.Abstractions;

namespace Disguise.Kernels.Monolithic.Execution;

/// <summary>
/// Where the kernel's code runs just now and who pays: on a core, in an interrupt, which pushes
/// back whatever runs there; or in a context, for a system call or a thread of the kernel, which
/// an interrupt pushes back in turn. All memory is mapped one to one.
/// </summary>
internal sealed class KernelExecution(Machine machine, IslandActorRef kernel) : IExecution
{
    private readonly long postedWritePs = machine.Costs.Of(DeviceCosts.PciePostedWrite);
    private CpuContext? context;
    private long clockPs;

    /// <summary>The core that works.</summary>
    public Core Core { get; private set; } = machine.Cores[0];

    /// <summary>Who works, for those who follow requests.</summary>
    public object Executor => context ?? (object)Core;

    /// <summary>Whether this is the work of an interrupt.</summary>
    public bool IsInterrupt => context is null;

    /// <inheritdoc/>
    public long ClockPs => context?.ClockPs ?? clockPs;

    /// <summary>From now on the kernel works on a core.</summary>
    public void WorkOn(Core core, long atPs)
    {
        context = null;
        Core = core;
        clockPs = atPs;
    }

    /// <summary>From now on it works in a context, which has a core.</summary>
    public void WorkIn(CpuContext running)
    {
        context = running;
        Core = running.Core
            ?? throw new InvalidOperationException("a context without a core does no work");
    }

    /// <inheritdoc/>
    public void Charge(CostKey key, long count = 1)
    {
        if (count == 0)
            return;
        if (context is not null)
            context.ChargeTo(machine.KernelAccount, key, count);
        else
            clockPs = Core.DoKernelWork(machine.KernelAccount, key, count, clockPs);
    }

    /// <summary>
    /// Charges a line of memory that several cores write, if another one wrote it last.
    /// </summary>
    public void Touch(SharedLine line)
    {
        if (line.IsRemote(Core.Number))
            Charge(HardwareCosts.RemoteLineTouch);
    }

    /// <summary>
    /// Takes a lock, waiting for who has it on another core. Work in a context must be in sync.
    /// </summary>
    public void Acquire(VirtualLock held)
    {
        if (context is not null)
            held.Acquire(context, machine.KernelAccount);
        else
            clockPs = held.AcquireAt(Core, machine.KernelAccount, clockPs);
    }

    /// <summary>Releases a lock.</summary>
    public void Release(VirtualLock held)
    {
        if (context is not null)
            held.Release(context);
        else
            held.ReleaseAt(Core, clockPs);
    }

    /// <inheritdoc/>
    public void Read(ulong address, Span<byte> destination) =>
        machine.Memory.Read((long)address, destination);

    /// <inheritdoc/>
    public void Write(ulong address, ReadOnlySpan<byte> source) =>
        machine.Memory.Write((long)address, source);

    /// <inheritdoc/>
    public uint ReadUInt32(ulong address) => machine.Memory.ReadUInt32((long)address);

    /// <inheritdoc/>
    public void StoreRegister(ulong address, uint value)
    {
        Charge(HardwareCosts.MmioWrite);
        RegisterBus.Post(machine.Mmio, kernel, (long)address, value, ClockPs + postedWritePs);
    }
}
