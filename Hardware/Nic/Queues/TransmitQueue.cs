using Disguise.Hardware.Nic.Descriptors;

namespace Disguise.Hardware.Nic.Queues;

/// <summary>Registers and state of a transmit queue.</summary>
internal struct TransmitQueue
{
    public Ring Ring;
    public RateLimiter Limiter;

    /// <summary>TDWBAL and TDWBAH; bit 0 enables.</summary>
    public ulong HeadWriteBack;

    /// <summary>When the DMA of the last frame ends: the next one starts then.</summary>
    public long ReadyPs;

    /// <summary>Contexts of offload, by index 0 and 1.</summary>
    public TransmitContext Context0;
    public TransmitContext Context1;

    /// <summary>Tail of the descriptors that the device has fetched.</summary>
    public int FetchedTail;

    /// <summary>
    /// Counts how often the queue was stopped; what was under way before is ignored, lest a tail
    /// of an older ring be taken for one of the ring that stands there now.
    /// </summary>
    public ushort Epoch;

    /// <summary>An event to go on is on its way.</summary>
    public bool IsStepScheduled;

    /// <summary>The queue waits for room in the transmit buffer.</summary>
    public bool WaitsForRoom;

    /// <summary>Doorbells and their times, while someone follows requests.</summary>
    public DoorbellTimes? Doorbells;

    /// <summary>Stops the queue: nothing is under way any more.</summary>
    public void Stop()
    {
        Ring.IsEnabled = false;
        Epoch++;
        IsStepScheduled = false;
        WaitsForRoom = false;
        Doorbells?.Clear();
    }

    public readonly TransmitContext ContextOf(int index) => index == 0 ? Context0 : Context1;

    public void SetContext(in TransmitContext context)
    {
        if (context.Index == 0)
            Context0 = context;
        else
            Context1 = context;
    }
}
