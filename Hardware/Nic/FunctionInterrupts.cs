using Disguise.Actors.Time;

namespace Disguise.Hardware.Nic;

/// <summary>
/// The interrupt registers of a function: causes, masks, which queue raises which vector, and the
/// least time between two interrupts of a vector (82599 datasheet sections 7.3 and 8.3.5.2).
/// Automatic masking is on, as GPIE.EIAME makes it. Pure: what is to be sent is returned.
/// </summary>
internal sealed class FunctionInterrupts(int vectorCount)
{
    private const uint Valid = 0x80;
    private const uint ThrottleMask = 0xFF8;
    private const long UnitPs = 2 * Picoseconds.PerMicrosecond;

    private readonly uint[] allocation = new uint[NicModel.MaximumQueuesPerFunction / 2];
    private readonly ushort[] throttles = new ushort[vectorCount];
    private readonly long[] notBeforePs = new long[vectorCount];
    private readonly uint vectors = (1u << vectorCount) - 1;
    private uint causes;
    private uint enabled;
    private uint autoClear;
    private uint autoMask;
    private uint requested;
    private uint timers;

    /// <summary>What a vector is to do now.</summary>
    public enum Action
    {
        /// <summary>Nothing: no cause, or masked.</summary>
        None,

        /// <summary>The message is to be sent.</summary>
        Send,

        /// <summary>A timer is to be set for <see cref="NotBeforePs"/>.</summary>
        Wait,
    }

    public long NotBeforePs(int vector) => notBeforePs[vector];

    /// <summary>The vector that a queue raises, or -1.</summary>
    public int VectorOf(int queue, QueueDirection direction)
    {
        var (offset, shift) = FunctionRegisters.VectorPlace(queue, direction);
        var field = allocation[(offset - FunctionRegisters.InterruptVectors) / 4] >> shift;
        var vector = (int)(field & 0x7F);
        return (field & Valid) != 0 && vector < vectorCount ? vector : -1;
    }

    /// <summary>A cause has come up.</summary>
    public Action Raise(int vector, long nowPs)
    {
        causes |= 1u << vector;
        requested |= 1u << vector;
        return Next(vector, nowPs);
    }

    /// <summary>The time that a vector had to wait for has come.</summary>
    public Action Expire(int vector, long nowPs)
    {
        timers &= ~(1u << vector);
        return Next(vector, nowPs);
    }

    /// <summary>What an enabled vector with a cause does.</summary>
    public Action Next(int vector, long nowPs)
    {
        var bit = 1u << vector;
        if ((requested & causes & enabled & bit) == 0)
            return Action.None;
        if (nowPs < notBeforePs[vector])
        {
            if ((timers & bit) != 0)
                return Action.None;
            timers |= bit;
            return Action.Wait;
        }

        requested &= ~bit;
        causes &= ~(autoClear & bit);
        enabled &= ~(autoMask & bit);
        notBeforePs[vector] = nowPs + ((throttles[vector] & ThrottleMask) / 8 * UnitPs);
        return Action.Send;
    }

    /// <summary>Reads a register; reading the causes clears them.</summary>
    public uint Read(int offset)
    {
        switch (offset)
        {
            case FunctionRegisters.InterruptCause:
                var read = causes;
                causes = 0;
                requested = 0;
                return read;
            case FunctionRegisters.InterruptMaskSet:
                return enabled;
            case FunctionRegisters.InterruptAutoClear:
                return autoClear;
            case FunctionRegisters.InterruptAutoMask:
                return autoMask;
            case >= FunctionRegisters.InterruptThrottle:
                return throttles[(offset - FunctionRegisters.InterruptThrottle) / 4];
            case >= FunctionRegisters.InterruptVectors:
                return allocation[(offset - FunctionRegisters.InterruptVectors) / 4];
            default:
                return 0;
        }
    }

    /// <summary>Writes a register; the vectors whose state has to be looked at are returned.
    /// </summary>
    public uint Write(int offset, uint value)
    {
        switch (offset)
        {
            case FunctionRegisters.InterruptCause:
                causes &= ~value;
                requested &= ~value;
                return 0;
            case FunctionRegisters.InterruptCauseSet:
                causes |= value & vectors;
                requested |= value & vectors;
                return value & vectors;
            case FunctionRegisters.InterruptMaskSet:
                requested |= causes & value & ~enabled;
                enabled |= value & vectors;
                return value & vectors;
            case FunctionRegisters.InterruptMaskClear:
                enabled &= ~value;
                return 0;
            case FunctionRegisters.InterruptAutoClear:
                autoClear = value & vectors;
                return 0;
            case FunctionRegisters.InterruptAutoMask:
                autoMask = value & vectors;
                return 0;
            case >= FunctionRegisters.InterruptThrottle:
                throttles[(offset - FunctionRegisters.InterruptThrottle) / 4] =
                    (ushort)(value & ThrottleMask);
                return 0;
            default:
                allocation[(offset - FunctionRegisters.InterruptVectors) / 4] = value;
                return 0;
        }
    }

    /// <summary>Whether an offset is one of these registers.</summary>
    public static bool Has(int offset, int vectorCount) => (offset & 3) == 0 && offset switch
    {
        >= FunctionRegisters.InterruptCause and <= FunctionRegisters.InterruptAutoMask => true,
        >= FunctionRegisters.InterruptVectors => offset
            < FunctionRegisters.InterruptVectors + (NicModel.MaximumQueuesPerFunction / 2 * 4)
            || (offset >= FunctionRegisters.InterruptThrottle
                && offset < FunctionRegisters.InterruptThrottle + (vectorCount * 4)),
        _ => false,
    };
}
