using System.Numerics;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.Sockets;

namespace Disguise.Kernels.Monolithic.Network;

/// <summary>
/// The NIC's physical function as the kernel drives it, without SR-IOV (as ixgbe does): a queue
/// pair and a vector for each core, filters that steer a tenant's frames to the queue of its core,
/// and an IOMMU domain that reaches the packet buffers and nothing else.
/// </summary>
internal sealed class PhysicalDevice(KernelServices kernel, Nic nic)
{
    private const int PhysicalFunction = PhysicalFunctionProtocol.PhysicalFunction;
    private const int CoreVector = 48;

    /// <summary>Frames of a page table: one for each so many pages, and those above.</summary>
    private const int EntriesPerTable = 512;
    private const int TopTables = 8;

    private const int LargestRssLog2 = 4;
    private static readonly DomainId Domain = new(1);

    /// <summary>When the last order was sent to the device.</summary>
    public long OrderedPs { get; private set; }

    private ulong Registers => (ulong)nic.RegistersOf(PhysicalFunction);

    /// <summary>Sets the device up; charged to the first core, one after the other.</summary>
    public void Initialize()
    {
        var machine = kernel.Machine;
        var execution = kernel.Execution;
        var options = kernel.Options;
        var table = kernel.Memory.NewDeviceTable();
        execution.WorkOn(machine.Cores[0], kernel.NowPs);
        Store(FunctionRegisters.Control, FunctionRegisters.ResetBit);
        var count = Math.Min(machine.Cores.Length, NicModel.PhysicalFunctionQueues);
        var free = machine.Frames.FreeFrameCount;
        var held = HeldLimit(count, free);
        var queues = new QueuePair[count];
        for (var number = 0; number < count; number++)
        {
            var layout = new QueueLayout(
                0, options.ReceiveRingSize, options.TransmitRingSize, held);
            if (!kernel.Memory.TryTakeBuffers(table, layout.Pages, out var first))
                throw TooSmall(count, machine.Frames.FrameCount - free);
            layout = layout with { FirstPage = first };
            var driver = options.Network.MakeDriver(
                execution, layout, Registers, number, number);
            queues[number] = new QueuePair(
                number, driver, held, options.TransmitQueueLength, $"{nic.Address}.pf");
        }

        kernel.Network.Queues = queues;
        kernel.Memory.Attach(nic.PhysicalFunctionId, Domain, table);
        SpreadOthers(count);
        foreach (var queue in queues)
            Start(queue);
    }

    /// <summary>Has the frames to an address go to a queue pair.</summary>
    public void Steer(NetworkNamespace network)
    {
        var address = network.Stack.Mac;
        Order(new PhysicalFunctionProtocol.AssignMac(PhysicalFunction, address));
        Order(new PhysicalFunctionProtocol.InstallReceiveFilter(
            PhysicalFunction, network.Queue,
            FilterPredicate.Everything.WithDestinationMac(address.Value), network.Number));
    }

    /// <summary>Takes that back.</summary>
    public void Forget(NetworkNamespace network)
    {
        Order(new PhysicalFunctionProtocol.RemoveReceiveFilter(network.Number));
        Order(new PhysicalFunctionProtocol.RemoveMac(network.Stack.Mac));
    }

    /// <summary>
    /// Whether a queue pair interrupts when it has sent, too: only while its ring is full.
    /// </summary>
    public void SetTransmitInterrupt(QueuePair queue, bool isOn)
    {
        var first = queue.Number & ~1;
        var value = 0u;
        for (var number = first; number < first + 2; number++)
        {
            var field = FunctionRegisters.VectorField(number);
            value |= field << ShiftOf(number, QueueDirection.Receive);
            var sends = number == queue.Number ? isOn
                : number < kernel.Network.Queues.Length
                    && kernel.Network.Queues[number].IsStopped;
            if (sends)
                value |= field << ShiftOf(number, QueueDirection.Transmit);
        }

        Store(
            FunctionRegisters.VectorPlace(first, QueueDirection.Receive).Offset, value);
    }

    private static int ShiftOf(int queue, QueueDirection direction) =>
        FunctionRegisters.VectorPlace(queue, direction).Shift;

    /// <summary>
    /// Packets of each queue pair that may wait in the kernel: what fills the sockets of all
    /// processes with small datagrams, as far as a driver can number its buffers.
    /// </summary>
    private int HeldLimit(int queues, long freeFrames)
    {
        const int LargestNumber = 60_000;
        var options = kernel.Options;
        var perProcess = (options.ReceiveBufferBytes / BufferSpace.OfReceived(0)) + 8;
        var perQueue = (long)perProcess * options.ExpectedProcesses + options.TransmitQueueLength;
        // A quarter of the memory at most is for packets.
        var fits = freeFrames / 4 * 2 / queues;
        return (int)Math.Clamp(Math.Min(perQueue, fits), 64, LargestNumber);
    }

    /// <summary>Finds out with how much memory the buffers would have a place.</summary>
    private MachineTooSmallException TooSmall(int queues, long framesTaken)
    {
        const long Step = 1 << 20;
        var options = kernel.Options;
        var machine = kernel.Machine;
        var bytes = machine.Options.MemoryBytes;
        long free;
        long needed;
        do
        {
            bytes += Step;
            free = (bytes / Frame.SizeBytes) - 1 - framesTaken;
            var pages = queues * (long)new QueueLayout(
                0, options.ReceiveRingSize, options.TransmitRingSize,
                HeldLimit(queues, free)).Pages;
            needed = pages + (pages / EntriesPerTable) + TopTables;
        }
        while (needed > free);
        return new MachineTooSmallException(machine.Name, machine.Options.MemoryBytes, bytes);
    }

    /// <summary>
    /// Frames for which no filter is left spread over the queues by flow (RSS).
    /// </summary>
    private void SpreadOthers(int queues)
    {
        if (kernel.Options.ExpectedProcesses <= nic.Model.MaximumReceiveFilters)
            return;
        var log2 = Math.Min(LargestRssLog2, BitOperations.Log2((uint)queues));
        Store(FunctionRegisters.PacketSplitType, FunctionRegisters.RssOver(log2));
    }

    private void Start(QueuePair queue)
    {
        var number = queue.Number;
        kernel.Machine.Cores[number].Bind(
            CoreVector, new VectorBinding(kernel.Actor, null, number));
        Order(new PhysicalFunctionProtocol.ProgramVector(
            PhysicalFunction, number, (ulong)Machine.InterruptAddressOf(number), CoreVector));
        Store(
            FunctionRegisters.InterruptThrottle + (number * sizeof(uint)),
            FunctionRegisters.ThrottleOf(kernel.Options.InterruptIntervalTwoMicroseconds));
        queue.Driver.Initialize();
        queue.Driver.ArmDoorbell();
    }

    /// <summary>
    /// What one core takes back another may give away at once: orders reach the device one after
    /// the other, in the order in which the kernel decided.
    /// </summary>
    private void Order(PhysicalFunctionProtocol.Order order)
    {
        kernel.Execution.Charge(HardwareCosts.MmioWrite, order.RegisterWrites);
        OrderedPs = Math.Max(OrderedPs, kernel.Execution.ClockPs);
        kernel.Machine.Island.Schedule(
            OrderedPs + kernel.Machine.Costs.Of(DeviceCosts.PciePostedWrite),
            nic.PhysicalFunction, order, kernel.Actor);
    }

    private void Store(int offset, uint value) =>
        kernel.Execution.StoreRegister(Registers + (ulong)offset, value);
}
