using System.Numerics;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic.Queues;
using Disguise.Hardware.PciExpress;

namespace Disguise.Hardware.Nic;

/// <summary>
/// One function of a NIC: its register file, rings, interrupts and statistics. What a tenant that
/// is idle does not use is not made. The actor around it passes messages in; what it causes are
/// DMAs, timers to itself and frames to the device.
/// </summary>
internal sealed class NicFunction : IMsiXSink
{
    private readonly ReceiveSide receive;
    private readonly TransmitSide transmit;
    private FunctionInterrupts? interrupts;
    private FunctionStatistics? statistics;
    private uint packetSplitType;

    public NicFunction(NicDataPath device, int number, FunctionId id, int queueCount)
    {
        Device = device;
        Number = number;
        Id = id;
        QueueCount = queueCount;
        receive = new ReceiveSide(this);
        transmit = new TransmitSide(this);
    }

    public NicDataPath Device { get; }

    /// <summary>Number of the virtual function; -1 is the physical one.</summary>
    public int Number { get; }

    public FunctionId Id { get; }

    public int QueueCount { get; }

    public IslandActorRef? Actor { get; set; }

    /// <summary>Its address; 0 before the kernel gives it one.</summary>
    public ulong Mac { get; set; }

    public FunctionAccess? Access { get; set; }

    public IFrameTap? Tap { get; set; }

    public bool IsLinkUp { get; set; } = true;

    /// <summary>Counts resets; timers of an earlier generation are ignored.</summary>
    public int Generation { get; private set; }

    /// <summary>The function was disabled: what still comes is released uncounted.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Frames on their way from the device to this function.</summary>
    public int FramesUnderWay { get; set; }

    public FunctionStatistics Statistics => statistics ??= new FunctionStatistics();

    public FunctionStatistics? StatisticsIfAny => statistics;

    public ReceiveSide Receive => receive;

    public TransmitSide Transmit => transmit;

    public bool IsPhysical => Number < 0;

    /// <summary>Interrupt vectors that the function has.</summary>
    public int VectorCount => IsPhysical
        ? Device.Model.PhysicalFunctionVectors : Device.Model.VectorsPerFunction;

    /// <summary>Among how many queues RSS spreads (RQPL).</summary>
    public int RssQueues => Math.Min(QueueCount, 1 << (int)(packetSplitType >> 29));

    public bool IsIn(ushort vlan) => IsPhysical || (Access?.IsIn(vlan) ?? false);

    /// <summary>A timer of the function, to itself.</summary>
    public void Schedule(long atPs, object message, int queue, int value) =>
        Device.Island.Schedule(
            atPs, Actor!, message, Actor, FunctionEvent.WordOf(Generation, queue, value));

    public void Refuse(RegisterRefusal reason) => Statistics.CountRefused(reason);

    public DmaResult Read(ulong address, Span<byte> destination) =>
        Note(Device.Iommu.DmaRead(Id, address, destination));

    public DmaResult Write(ulong address, ReadOnlySpan<byte> source) =>
        Note(Device.Iommu.DmaWrite(Id, address, source));

    /// <summary>A queue has something to tell.</summary>
    public void RaiseQueue(int queue, QueueDirection direction)
    {
        if (interrupts is null)
            return;
        var vector = interrupts.VectorOf(queue, direction);
        if (vector >= 0)
            Act(vector, interrupts.Raise(vector, Device.NowPs));
    }

    /// <summary>The time between two interrupts of a vector has passed.</summary>
    public void ExpireThrottle(long word)
    {
        if (!FunctionEvent.IsOf(word, Generation) || interrupts is null)
            return;
        var vector = FunctionEvent.QueueOf(word);
        Act(vector, interrupts.Expire(vector, Device.NowPs));
    }

    /// <summary>A vector's message leaves the MSI-X table: the core gets it.</summary>
    void IMsiXSink.Interrupt(int vector, ulong messageAddress, uint messageData)
    {
        Statistics.InterruptCount++;
        if (Device.Machine.CoreAt(messageAddress) is not { } core)
            return;
        Device.Requests?.CoreOccupied(
            core, Device.AddressOf(this), DeviceCosts.MsiXDelivery.Name, 1, Device.NowPs,
            Device.Timings.InterruptPs);
        Device.Island.Schedule(
            Device.NowPs + Device.Timings.InterruptPs, core.Actor,
            CoreProtocol.MessageSignaledInterrupt.Instance, Actor, messageData & 0xFF);
    }

    /// <summary>Reads a register.</summary>
    public uint ReadRegister(int offset)
    {
        switch (offset)
        {
            case FunctionRegisters.Links:
                return IsLinkUp && Device.IsLinkUp ? FunctionRegisters.LinkUpBit : 0;
            case FunctionRegisters.PacketSplitType:
                return packetSplitType;
            case FunctionRegisters.GoodPacketsReceived:
                return (uint)(statistics?.GoodPacketsReceived ?? 0);
            case FunctionRegisters.GoodOctetsReceived:
                return (uint)(statistics?.GoodOctetsReceived ?? 0);
            case FunctionRegisters.GoodOctetsReceived + 4:
                return (uint)((statistics?.GoodOctetsReceived ?? 0) >> 32) & 0xF;
            case FunctionRegisters.MulticastPacketsReceived:
                return (uint)(statistics?.MulticastPacketsReceived ?? 0);
            case FunctionRegisters.GoodPacketsTransmitted:
                return (uint)(statistics?.GoodPacketsTransmitted ?? 0);
            case FunctionRegisters.GoodOctetsTransmitted:
                return (uint)(statistics?.GoodOctetsTransmitted ?? 0);
            case FunctionRegisters.GoodOctetsTransmitted + 4:
                return (uint)((statistics?.GoodOctetsTransmitted ?? 0) >> 32) & 0xF;
        }

        if (FunctionInterrupts.Has(offset, VectorCount, AllocationCount))
            return interrupts?.Read(offset) ?? 0;
        return !TryFindQueue(offset, out var queue, out var register, out var direction) ? 0
            : direction == QueueDirection.Receive ? receive.Read(queue, register)
            : transmit.Read(queue, register);
    }

    /// <summary>Writes a register.</summary>
    public void WriteRegister(int offset, uint value)
    {
        if (offset >= FunctionRegisters.ReceiveQueues)
        {
            WriteQueue(offset, value);
        }
        else if (FunctionInterrupts.Has(offset, VectorCount, AllocationCount))
        {
            WriteInterrupts(offset, value);
        }
        else if (offset == FunctionRegisters.Control)
        {
            if ((value & FunctionRegisters.ResetBit) != 0)
                ResetQueues();
        }
        else if (offset == FunctionRegisters.PacketSplitType)
        {
            packetSplitType = value;
        }
        else
        {
            Refuse(RegisterRefusal.UnknownRegister);
        }
    }

    /// <summary>
    /// A function-level reset: as after power-on, but for what it has counted and for its
    /// connection to the port, which is the port's and not its own.
    /// </summary>
    public void Reset()
    {
        ResetQueues();
        Mac = 0;
        Access = null;
        receive.ClearRates();
        transmit.ClearRates();
    }

    /// <summary>VF Enable was cleared: frames on their way here end with it.</summary>
    public void Disable()
    {
        Reset();
        if (FramesUnderWay > 0)
            Statistics.Packets.CountDropped(NicDrops.FunctionDisabled, FramesUnderWay);
        FramesUnderWay = 0;
        IsGone = true;
    }

    private void ResetQueues()
    {
        Generation++;
        receive.Reset();
        transmit.Reset();
        interrupts = null;
        packetSplitType = 0;
    }

    /// <summary>Registers that say which vector queues raise.</summary>
    private int AllocationCount =>
        Math.Max(QueueCount, NicModel.MaximumQueuesPerFunction) / 2;

    private DmaResult Note(DmaResult result)
    {
        if (!result.IsDone)
            Statistics.DmaFaultCount++;
        return result;
    }

    private void Act(int vector, FunctionInterrupts.Action action)
    {
        if (action == FunctionInterrupts.Action.Send)
        {
            Device.Configuration.MsiXOf(this)?.Raise(vector);
        }
        else if (action == FunctionInterrupts.Action.Wait)
        {
            var untilPs = interrupts!.NotBeforePs(vector);
            Schedule(untilPs, NicProtocol.ThrottleExpired.Instance, vector, 0);
            NoteThrottle(vector, untilPs);
        }
    }

    /// <summary>What waits for the core waits for the interrupt, which is held back.</summary>
    private void NoteThrottle(int vector, long untilPs)
    {
        if (Device.Requests is not { } requests
            || Device.Configuration.MsiXOf(this) is not { } table)
            return;
        var entry = vector * MsiXTable.EntrySizeBytes;
        var address = table.ReadTable(entry) | ((ulong)table.ReadTable(entry + 4) << 32);
        if (Device.Machine.CoreAt(address) is { } core)
        {
            requests.CoreOccupied(
                core, Device.AddressOf(this), "interrupt-throttle", 1, Device.NowPs,
                untilPs - Device.NowPs);
        }
    }

    private void WriteInterrupts(int offset, uint value)
    {
        interrupts ??= new FunctionInterrupts(VectorCount, AllocationCount);
        var touched = interrupts.Write(offset, value);
        for (; touched != 0; touched &= touched - 1)
        {
            var vector = BitOperations.TrailingZeroCount(touched);
            Act(vector, interrupts.Next(vector, Device.NowPs));
        }
    }

    private void WriteQueue(int offset, uint value)
    {
        if (!TryFindQueue(offset, out var queue, out var register, out var direction))
            Refuse(RegisterRefusal.NoSuchQueue);
        else if (direction == QueueDirection.Receive)
            receive.Write(queue, register, value);
        else
            transmit.Write(queue, register, value);
    }

    private bool TryFindQueue(
        int offset, out int queue, out int register, out QueueDirection direction)
    {
        direction = offset >= FunctionRegisters.TransmitQueues
            ? QueueDirection.Transmit : QueueDirection.Receive;
        var first = direction == QueueDirection.Transmit
            ? FunctionRegisters.TransmitQueues : FunctionRegisters.ReceiveQueues;
        queue = (offset - first) / FunctionRegisters.QueueStride;
        register = (offset - first) % FunctionRegisters.QueueStride;
        return offset >= first && queue < QueueCount;
    }
}
