using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Kernels.Abstractions;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// Where the kernel's driver of the shared card works just now: on a core, for an interrupt or a
/// call, which pushes back the context that has the core. Memory is mapped one to one.
/// </summary>
internal sealed class CardExecution(Machine machine, KernelWork work, IslandActorRef kernel)
    : IExecution
{
    private readonly long postedWritePs = machine.Costs.Of(DeviceCosts.PciePostedWrite);

    /// <summary>The core that works.</summary>
    public Core Core { get; private set; } = machine.Cores[0];

    /// <inheritdoc/>
    public long ClockPs { get; private set; }

    /// <summary>From now on the driver works on a core.</summary>
    public void WorkOn(Core core, long atPs) => (Core, ClockPs) = (core, atPs);

    /// <inheritdoc/>
    public void Charge(CostKey key, long count = 1) =>
        ClockPs = work.Drive(Core, key, count, ClockPs);

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
