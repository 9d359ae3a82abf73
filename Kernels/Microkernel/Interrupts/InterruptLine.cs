namespace Disguise.Kernels.Microkernel.Interrupts;

/// <summary>
/// An interrupt of a device as the kernel sees it: it becomes one message to a driver, and the
/// next one waits until the driver has acknowledged that.
/// <code>
///   Open:        fires, a message goes out   to Masked
///   Masked:      fires                       to Pending;  acknowledged  to Open
///   Pending:     fires: stays;               acknowledged, a message goes out  to Masked
/// </code>
/// </summary>
internal sealed class InterruptLine
{
    private enum State : byte
    {
        Open,
        Masked,
        Pending,
    }

    private State state;

    /// <summary>Interrupts that found the line masked.</summary>
    public long HeldBackCount { get; private set; }

    /// <summary>Whether the driver has one to acknowledge.</summary>
    public bool IsMasked => state != State.Open;

    /// <summary>The device interrupts. Whether a message is to be sent.</summary>
    public bool Fire()
    {
        if (state == State.Open)
        {
            state = State.Masked;
            return true;
        }

        HeldBackCount++;
        state = State.Pending;
        return false;
    }

    /// <summary>The driver has handled it. Whether another message is to be sent.</summary>
    public bool Acknowledge()
    {
        var wasPending = state == State.Pending;
        state = wasPending ? State.Masked : State.Open;
        return wasPending;
    }
}
