using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Nic.Queues;

namespace Disguise.Hardware.Nic;

/// <summary>
/// The transmit queues of a function (82599 datasheet section 7.2): a tail write makes the device
/// fetch descriptors across PCI Express; then it takes a frame after the other, as pace, DMA and
/// the device's buffer allow.
/// </summary>
internal sealed class TransmitSide
{
    private readonly NicFunction function;
    private TransmitQueue[] queues = [];

    public TransmitSide(NicFunction function) => this.function = function;

    public int QueueCount => queues.Length;

    public ref readonly TransmitQueue this[int queue] => ref queues[queue];

    public void SetRate(int queue, long bitsPerSecond) => At(queue).Limiter.Set(bitsPerSecond);

    public void Reset()
    {
        foreach (ref var queue in queues.AsSpan())
            queue = new TransmitQueue { Limiter = queue.Limiter };
    }

    public void ClearRates()
    {
        foreach (ref var queue in queues.AsSpan())
            queue.Limiter.Set(0);
    }

    public uint Read(int index, int register)
    {
        var queue = index < queues.Length ? queues[index] : default;
        return register switch
        {
            FunctionRegisters.BaseLow => (uint)queue.Ring.Base,
            FunctionRegisters.BaseHigh => (uint)(queue.Ring.Base >> 32),
            FunctionRegisters.Length => queue.Ring.LengthBytes,
            FunctionRegisters.Head => (uint)queue.Ring.Head,
            FunctionRegisters.Tail => (uint)queue.Ring.Tail,
            FunctionRegisters.HeadWriteBackLow => (uint)queue.HeadWriteBack,
            FunctionRegisters.HeadWriteBackHigh => (uint)(queue.HeadWriteBack >> 32),
            FunctionRegisters.QueueControl =>
                queue.Ring.IsEnabled ? FunctionRegisters.QueueEnableBit : 0,
            _ => 0,
        };
    }

    public void Write(int index, int register, uint value)
    {
        ref var queue = ref At(index);
        switch (register)
        {
            case FunctionRegisters.Tail:
                WriteTail(index, ref queue, value);
                break;
            case FunctionRegisters.QueueControl:
                Enable(index, ref queue, (value & FunctionRegisters.QueueEnableBit) != 0);
                break;
            case FunctionRegisters.HeadWriteBackLow or FunctionRegisters.HeadWriteBackHigh
                when queue.Ring.IsEnabled:
                function.Refuse(RegisterRefusal.QueueEnabled);
                break;
            case FunctionRegisters.HeadWriteBackLow:
                queue.HeadWriteBack = (queue.HeadWriteBack & ~0xFFFF_FFFFUL) | (value & ~2u);
                break;
            case FunctionRegisters.HeadWriteBackHigh:
                queue.HeadWriteBack = (uint)queue.HeadWriteBack | ((ulong)value << 32);
                break;
            default:
                var refusal = RingRegisters.Write(ref queue.Ring, register, value);
                if (refusal is { } reason)
                    function.Refuse(reason);
                break;
        }
    }

    /// <summary>The descriptors up to a tail are there.</summary>
    public void Fetched(long word)
    {
        if (!IsCurrent(word, out var index))
            return;
        ref var queue = ref queues[index];
        queue.FetchedTail = FunctionEvent.IndexOf(word);
        Proceed(index, ref queue, false);
    }

    /// <summary>
    /// Whether a message that lets a queue go on, fetched descriptors or a step, would take a
    /// frame now.
    /// </summary>
    public bool MayTake(long word, bool isStep)
    {
        var index = FunctionEvent.QueueOf(word);
        if (!FunctionEvent.IsOf(word, function.Generation) || index >= queues.Length)
            return false;
        ref readonly var queue = ref queues[index];
        var tail = isStep ? queue.FetchedTail : FunctionEvent.ValueOf(word);
        return queue.Ring.IsEnabled && !queue.WaitsForRoom && queue.IsStepScheduled == isStep
            && queue.Ring.Head != tail
            && Math.Max(queue.ReadyPs, queue.Limiter.NextStartPs) <= function.Device.NowPs;
    }

    /// <summary>The next descriptor of the queue that a message is about; -1 without one.
    /// </summary>
    public int HeadOf(long word)
    {
        var index = FunctionEvent.QueueOf(word);
        return index < queues.Length ? queues[index].Ring.Head : -1;
    }

    /// <summary>A queue that had to wait for time goes on.</summary>
    public void Step(long word)
    {
        if (!IsCurrent(word, out var index))
            return;
        ref var queue = ref queues[index];
        queue.IsStepScheduled = false;
        Proceed(index, ref queue, false);
    }

    /// <summary>A queue that had to wait for room goes on, if it still waits.</summary>
    public void RoomFound(int index)
    {
        if (index >= queues.Length || !queues[index].WaitsForRoom)
            return;
        queues[index].WaitsForRoom = false;
        Proceed(index, ref queues[index], true);
    }

    /// <summary>A frame's DMA has ended and its status was asked for.</summary>
    public void Done(long word)
    {
        if (!IsCurrent(word, out var index))
            return;
        ref var queue = ref queues[index];
        var descriptor = FunctionEvent.IndexOf(word);
        Span<byte> status = stackalloc byte[sizeof(uint)];
        var after = (uint)queue.Ring.After(descriptor);
        var isHead = (queue.HeadWriteBack & FunctionRegisters.HeadWriteBackBit) != 0;
        BitConverter.TryWriteBytes(status, isHead ? after : TransmitDescriptor.DescriptorDone);
        var address = isHead
            ? queue.HeadWriteBack & ~3UL
            : queue.Ring.AddressOf(descriptor) + TransmitDescriptor.StatusOffset;
        function.Write(address, status);
        function.RaiseQueue(index, QueueDirection.Transmit);
    }

    private bool IsCurrent(long word, out int index)
    {
        index = FunctionEvent.QueueOf(word);
        return FunctionEvent.IsOf(word, function.Generation)
            && FunctionEvent.IsOfEpoch(word, queues[index].Epoch);
    }

    private void WriteTail(int index, ref TransmitQueue queue, uint value)
    {
        if (!function.Device.IsIndexAllowed(queue.Ring, value))
        {
            function.Refuse(RegisterRefusal.RingIndex);
            return;
        }

        queue.Ring.Tail = (int)(value & 0xFFFF);
        if (queue.Ring.IsEnabled && queue.Ring.Tail != queue.FetchedTail)
            Fetch(index, ref queue);
    }

    private void Fetch(int index, ref TransmitQueue queue)
    {
        var device = function.Device;
        if (device.Requests is not null)
        {
            queue.Doorbells ??= new DoorbellTimes();
            queue.Doorbells.Add(queue.Ring.Tail, device.NowPs, queue.Ring.Count);
        }

        function.Schedule(device.NowPs + device.Timings.ReadPs,
            NicProtocol.DescriptorsFetched.Instance, index,
            FunctionEvent.IndexAndEpoch(queue.Ring.Tail, queue.Epoch));
    }

    private void Enable(int index, ref TransmitQueue queue, bool isEnabled)
    {
        if (isEnabled && queue.Ring.Count == 0)
        {
            function.Refuse(RegisterRefusal.QueueNotReady);
            return;
        }

        if (isEnabled == queue.Ring.IsEnabled)
            return;
        if (!isEnabled)
        {
            queue.Stop();
            return;
        }

        queue.Ring.IsEnabled = true;
        queue.FetchedTail = queue.Ring.Head;
        if (!queue.Ring.IsEmpty)
            Fetch(index, ref queue);
    }

    /// <summary>
    /// Takes the next frame, if one is there and may start now. What is done takes time, also
    /// where it ends in nothing, so a ring full of rubbish does not hold up the world.
    /// </summary>
    private void Proceed(int index, ref TransmitQueue queue, bool hasRoom)
    {
        if (!queue.Ring.IsEnabled || queue.WaitsForRoom || queue.IsStepScheduled
            || queue.Ring.Head == queue.FetchedTail)
        {
            return;
        }

        var device = function.Device;
        var startPs = Math.Max(queue.ReadyPs, queue.Limiter.NextStartPs);
        if (startPs > device.NowPs)
        {
            StepAt(index, ref queue, startPs);
            return;
        }

        var gathering = new TransmitGathering(function, index);
        var outcome = gathering.TakeFrame(ref queue, hasRoom);
        switch (outcome)
        {
            case TransmitOutcome.NoRoom:
                queue.WaitsForRoom = true;
                device.WaitForRoom(function, index, gathering.RoomBytes);
                break;
            case TransmitOutcome.Stopped:
                queue.Stop();
                break;
            case TransmitOutcome.Taken:
                queue.ReadyPs = device.NowPs + Math.Max(1, device.Timings.DmaPs(
                    gathering.FrameBytes
                    + (gathering.Descriptors * ReceiveDescriptor.LengthBytes)));
                if (queue.Ring.Head != queue.FetchedTail)
                {
                    StepAt(index, ref queue,
                        Math.Max(queue.ReadyPs, queue.Limiter.NextStartPs));
                }

                break;
            case TransmitOutcome.Incomplete:
                break;
            default:
                throw new InvalidOperationException($"unknown outcome {outcome}");
        }
    }

    private void StepAt(int index, ref TransmitQueue queue, long atPs)
    {
        queue.IsStepScheduled = true;
        function.Schedule(atPs, NicProtocol.TransmitStep.Instance, index,
            FunctionEvent.IndexAndEpoch(0, queue.Epoch));
    }

    private ref TransmitQueue At(int index)
    {
        if (index >= queues.Length)
            Array.Resize(ref queues, index + 1);
        return ref queues[index];
    }
}
