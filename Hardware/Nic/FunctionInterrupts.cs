using Disguise.Actors.Time;

namespace Disguise.Hardware.Nic;

/// <summary>
/// The interrupt registers of a function: causes, masks, which queue raises which vector, and the
/// least time between two interrupts of a vector (82599 datasheet sections 7.3, 8.2.3.5 and
/// 8.3.5.2). Automatic masking is on, as GPIE.EIAME makes it. Pure: what is to be sent is returned.
/// </summary>
internal sealed class FunctionInterrupts
{
    private const uint Valid = 0x80;
    private const uint ThrottleMask = 0xFF8;
    private const long UnitPs = 2 * Picoseconds.PerMicrosecond;
    private const int MasksBits = 32;
    private const int RegisterBytes = sizeof(uint);

    private readonly uint[] allocation;
    private readonly ushort[] throttles;
    private readonly long[] notBeforePs;
    private readonly VectorMasks[]? upper;
    private VectorMasks lower;

    /// <summary>Makes the registers of a function, all as after a reset.</summary>
    /// <param name="vectorCount">Vectors, 1 to 64.</param>
    /// <param name="allocationCount">Registers that say which vector queues raise.</param>
    public FunctionInterrupts(int vectorCount, int allocationCount)
    {
        allocation = new uint[allocationCount];
        throttles = new ushort[vectorCount];
        notBeforePs = new long[vectorCount];
        if (vectorCount > MasksBits)
            upper = new VectorMasks[1];
    }

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
        var field = allocation[
            (offset - FunctionRegisters.InterruptVectors) / RegisterBytes] >> shift;
        var vector = (int)(field & 0x7F);
        return (field & Valid) != 0 && vector < throttles.Length ? vector : -1;
    }

    /// <summary>A cause has come up.</summary>
    public Action Raise(int vector, long nowPs)
    {
        ref var masks = ref MasksOf(vector);
        masks.Causes |= BitOf(vector);
        masks.Requested |= BitOf(vector);
        return Next(vector, nowPs);
    }

    /// <summary>The time that a vector had to wait for has come.</summary>
    public Action Expire(int vector, long nowPs)
    {
        MasksOf(vector).Timers &= ~BitOf(vector);
        return Next(vector, nowPs);
    }

    /// <summary>What an enabled vector with a cause does.</summary>
    public Action Next(int vector, long nowPs)
    {
        var bit = BitOf(vector);
        ref var masks = ref MasksOf(vector);
        if ((masks.Requested & masks.Causes & masks.Enabled & bit) == 0)
            return Action.None;
        if (nowPs < notBeforePs[vector])
        {
            if ((masks.Timers & bit) != 0)
                return Action.None;
            masks.Timers |= bit;
            return Action.Wait;
        }

        masks.Requested &= ~bit;
        masks.Causes &= ~(masks.AutoClear & bit);
        masks.Enabled &= ~(masks.AutoMask & bit);
        notBeforePs[vector] = nowPs + ((throttles[vector] & ThrottleMask) / 8 * UnitPs);
        return Action.Send;
    }

    /// <summary>Reads a register; reading the causes clears them.</summary>
    public uint Read(int offset)
    {
        if (offset <= FunctionRegisters.InterruptAutoMask)
            return lower.Read(offset - FunctionRegisters.InterruptCause);
        if (TryFindExtended(offset, out var register, out var half))
            return HalfOf(half).Read(register);
        return offset >= FunctionRegisters.InterruptThrottle
            ? throttles[(offset - FunctionRegisters.InterruptThrottle) / RegisterBytes]
            : allocation[(offset - FunctionRegisters.InterruptVectors) / RegisterBytes];
    }

    /// <summary>Writes a register; the vectors whose state has to be looked at are returned.
    /// </summary>
    public ulong Write(int offset, uint value)
    {
        if (offset <= FunctionRegisters.InterruptAutoMask)
        {
            return lower.Write(
                offset - FunctionRegisters.InterruptCause, value, VectorsOf(0));
        }

        if (TryFindExtended(offset, out var register, out var half))
        {
            return (ulong)HalfOf(half).Write(register, value, VectorsOf(half))
                << (half * MasksBits);
        }

        if (offset >= FunctionRegisters.InterruptThrottle)
        {
            throttles[(offset - FunctionRegisters.InterruptThrottle) / RegisterBytes] =
                (ushort)(value & ThrottleMask);
        }
        else
        {
            allocation[(offset - FunctionRegisters.InterruptVectors) / RegisterBytes] = value;
        }

        return 0;
    }

    /// <summary>Whether an offset is one of the registers of a function with so many.</summary>
    public static bool Has(int offset, int vectorCount, int allocationCount) =>
        (offset & 3) == 0 && offset switch
        {
            < FunctionRegisters.InterruptCause => false,
            <= FunctionRegisters.InterruptAutoMask => true,
            < FunctionRegisters.InterruptVectors => false,
            < FunctionRegisters.InterruptThrottle => offset
                < FunctionRegisters.InterruptVectors + (allocationCount * RegisterBytes),
            _ => offset < FunctionRegisters.InterruptThrottle + (vectorCount * RegisterBytes)
                || (vectorCount > MasksBits && TryFindExtended(offset, out _, out _)),
        };

    private static uint BitOf(int vector) => 1u << (vector % MasksBits);

    /// <summary>
    /// An extended register's place among those of its half. They stand as far apart as four of
    /// the plain ones.
    /// </summary>
    private static bool TryFindExtended(int offset, out int register, out int half)
    {
        var inBlock = offset - FunctionRegisters.InterruptCauseExtended;
        half = inBlock % FunctionRegisters.ExtendedStride / RegisterBytes;
        register = inBlock / FunctionRegisters.ExtendedStride * RegisterBytes;
        return inBlock >= 0 && half < 2 && register
            <= FunctionRegisters.InterruptAutoMask - FunctionRegisters.InterruptCause;
    }

    private ref VectorMasks MasksOf(int vector) => ref HalfOf(vector / MasksBits);

    private ref VectorMasks HalfOf(int half)
    {
        if (half == 0)
            return ref lower;
        return ref upper![0];
    }

    private uint VectorsOf(int half)
    {
        var count = throttles.Length - (half * MasksBits);
        return count >= MasksBits ? uint.MaxValue : (1u << count) - 1;
    }
}
