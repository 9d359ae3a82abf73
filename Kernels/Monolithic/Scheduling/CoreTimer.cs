using Disguise.Actors.Time;
using Disguise.Hardware.Cores;

namespace Disguise.Kernels.Monolithic.Scheduling;

/// <summary>
/// The timer of a core, which the kernel uses for two things: the end of a slice, and the time at
/// which a traffic class may send again. It is armed for the earlier one (hrtimers).
/// </summary>
internal sealed class CoreTimer(Core core)
{
    private long armedPs = Picoseconds.Never;

    /// <summary>When the slice of who runs ends, or never.</summary>
    public long SliceEndPs { get; private set; } = Picoseconds.Never;

    /// <summary>When a traffic class may send, or never.</summary>
    public long TransmitPs { get; private set; } = Picoseconds.Never;

    /// <summary>Sets the end of the slice, or never.</summary>
    public void SetSliceEnd(long atPs, long nowPs)
    {
        SliceEndPs = atPs;
        Arm(nowPs);
    }

    /// <summary>Sets when a traffic class may send, or never.</summary>
    public void SetTransmit(long atPs, long nowPs)
    {
        TransmitPs = atPs;
        Arm(nowPs);
    }

    /// <summary>The timer has interrupted.</summary>
    public void Expired() => armedPs = Picoseconds.Never;

    /// <summary>Arms it again for what is still to come.</summary>
    public void Rearm(long nowPs) => Arm(nowPs);

    private void Arm(long nowPs)
    {
        var atPs = Math.Min(SliceEndPs, TransmitPs);
        if (atPs == armedPs)
            return;
        armedPs = atPs;
        if (atPs == Picoseconds.Never)
            core.DisarmTimer();
        else
            core.ArmTimer(Math.Max(atPs, nowPs));
    }
}
