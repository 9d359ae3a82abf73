using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;

namespace Disguise.Kernels.Resources;

/// <summary>
/// The virtual functions of a NIC, as a kernel gives them out: each to one tenant, behind an IOMMU
/// that lets it reach that tenant's memory and nothing else.
/// </summary>
public sealed class VirtualFunctions
{
    private readonly Machine machine;
    private readonly Nic nic;
    private readonly IslandActorRef kernel;
    private readonly IommuTables tables;
    private readonly bool[] isTaken;

    /// <summary>
    /// Installs the IOMMU and enables functions, as a driver does: NumVFs, then VF Enable with the
    /// memory space (SR-IOV specification sections 3.3.7 and 3.3.3). Called once, at boot.
    /// </summary>
    /// <param name="machine">The machine.</param>
    /// <param name="nic">Its NIC, whose actor has started.</param>
    /// <param name="kernel">The kernel's actor.</param>
    /// <param name="tableFrames">Frames for the IOMMU's tables.</param>
    /// <param name="count">Functions to enable.</param>
    public VirtualFunctions(
        Machine machine, Nic nic, IslandActorRef kernel, ITableFrames tableFrames, int count)
    {
        const int Control = 8;
        const int FunctionCount = 16;
        const uint EnableWithMemorySpace = 1 | (1 << 3);
        (this.machine, this.nic, this.kernel) = (machine, nic, kernel);
        tables = IommuTables.Create(machine.Memory, tableFrames)
            ?? throw new InvalidOperationException("no frame for the IOMMU's tables");
        machine.Iommu = new Iommu(machine.Memory, tables.RootAddress, machine.Guards);
        isTaken = new bool[count];
        if (count == 0)
            return;
        var physical = nic.PhysicalFunctionId;
        var nowPs = machine.Island.NowPs;
        var capability = nic.SrIovCapabilityOffset;
        Send(nowPs, new PhysicalFunctionProtocol.WriteConfiguration(
            physical, capability + FunctionCount, 2, (uint)count));
        Send(nowPs, new PhysicalFunctionProtocol.WriteConfiguration(
            physical, capability + Control, 2, EnableWithMemorySpace));
    }

    /// <summary>Takes a free function. False when there is none.</summary>
    public bool TryTake(out int function)
    {
        function = Array.IndexOf(isTaken, false);
        if (function >= 0)
            isTaken[function] = true;
        return function >= 0;
    }

    /// <summary>Gives a function back that was taken and is not attached.</summary>
    public void Return(int function) => isTaken[function] = false;

    /// <summary>
    /// Has the physical function's DMA go through tables of the kernel's own, in the domain behind
    /// those of the virtual ones. False when no frame is left for a table.
    /// </summary>
    public bool TryAttachPhysical(PageTable reachable)
    {
        var domain = DomainOf(isTaken.Length);
        if (!tables.SetDomain(domain, reachable.RootAddress)
            || !tables.Attach(nic.PhysicalFunctionId, domain))
            return false;
        machine.Iommu.InvalidateContext(nic.PhysicalFunctionId);
        return true;
    }

    /// <summary>Has the physical function's DMA reach nothing any more.</summary>
    public void DetachPhysical()
    {
        var domain = DomainOf(isTaken.Length);
        tables.Detach(nic.PhysicalFunctionId);
        tables.ClearDomain(domain);
        machine.Iommu.InvalidateContext(nic.PhysicalFunctionId);
        machine.Iommu.InvalidateDomain(domain);
    }

    /// <summary>
    /// Attaches a function to a tenant: an address, a rate, and the tables through which its DMA
    /// goes. False when no frame is left for a table; nothing is sent then.
    /// </summary>
    /// <param name="function">One that was taken.</param>
    /// <param name="mac">Whose frames arrive there, and from whom it may send.</param>
    /// <param name="space">What the device sees.</param>
    /// <param name="bitsPerSecond">Rate at which it may send; 0 for the link's.</param>
    /// <param name="core">Core that writes the registers; the kernel pays.</param>
    /// <param name="timePs">When; then when it is done, at the device.</param>
    public bool TryAttach(
        int function, MacAddress mac, AddressSpace space, long bitsPerSecond, Core core,
        ref long timePs)
    {
        var domain = DomainOf(function);
        if (!tables.SetDomain(domain, space.RootAddress)
            || !tables.Attach(nic.FunctionOf(function), domain))
            return false;
        machine.Iommu.InvalidateContext(nic.FunctionOf(function));
        timePs = Order(core, timePs, new PhysicalFunctionProtocol.AssignMac(function, mac));
        if (bitsPerSecond > 0)
        {
            timePs = Order(core, timePs, new PhysicalFunctionProtocol.SetRate(
                function, 0, QueueDirection.Transmit, bitsPerSecond));
        }

        return true;
    }

    /// <summary>
    /// Takes a function from its tenant: a function-level reset stops its queues, and its DMA
    /// reaches nothing any more. Returns when it is done, at the device.
    /// </summary>
    public long Detach(int function, Core core, long atPs)
    {
        tables.Detach(nic.FunctionOf(function));
        tables.ClearDomain(DomainOf(function));
        machine.Iommu.InvalidateContext(nic.FunctionOf(function));
        machine.Iommu.InvalidateDomain(DomainOf(function));
        Return(function);
        return Order(core, atPs, new PhysicalFunctionProtocol.ResetFunction(function));
    }

    /// <summary>Orders something of the device: filters, interrupt vectors.</summary>
    /// <param name="core">Core that writes the registers; the kernel pays.</param>
    /// <param name="timePs">When; then when the registers are written.</param>
    /// <param name="order">The order.</param>
    public void Order(Core core, ref long timePs, PhysicalFunctionProtocol.Order order)
    {
        timePs = core.DoKernelWork(
            machine.KernelAccount, HardwareCosts.MmioWrite, order.RegisterWrites, timePs);
        Send(timePs, order);
    }

    /// <summary>The domain of the IOMMU in which an attached function is.</summary>
    public static DomainId DomainOf(int function) => new(checked((ushort)(function + 1)));

    private long Order(Core core, long atPs, PhysicalFunctionProtocol.Order order)
    {
        var writtenPs = core.DoKernelWork(
            machine.KernelAccount, HardwareCosts.MmioWrite, order.RegisterWrites, atPs);
        return Send(writtenPs, order);
    }

    private long Send(long atPs, PhysicalFunctionProtocol.Order order)
    {
        var arrivalPs = atPs + machine.Costs.Of(DeviceCosts.PciePostedWrite);
        machine.Island.Schedule(arrivalPs, nic.PhysicalFunction, order, kernel);
        return arrivalPs;
    }
}
