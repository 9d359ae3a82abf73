namespace Disguise.Hardware.Nic.Queues;

/// <summary>
/// Writes to the registers that rings of both directions have. None may change while the queue is
/// enabled (82599 datasheet sections 4.6.7.1 and 4.6.8.1).
/// </summary>
internal static class RingRegisters
{
    /// <summary>Writes base, length or head; null when the write was taken.</summary>
    public static RegisterRefusal? Write(ref Ring ring, int register, uint value)
    {
        if (register is not (FunctionRegisters.BaseLow or FunctionRegisters.BaseHigh
            or FunctionRegisters.Length or FunctionRegisters.Head))
        {
            return RegisterRefusal.UnknownRegister;
        }

        if (ring.IsEnabled)
            return RegisterRefusal.QueueEnabled;
        switch (register)
        {
            case FunctionRegisters.BaseLow:
                ring.SetBaseLow(value);
                return null;
            case FunctionRegisters.BaseHigh:
                ring.SetBaseHigh(value);
                return null;
            case FunctionRegisters.Length:
                if (!ring.TrySetLength(value))
                    return RegisterRefusal.RingLength;
                ring.Head = 0;
                ring.Tail = 0;
                return null;
            default:
                if (value >= (uint)Math.Max(1, ring.Count))
                    return RegisterRefusal.RingIndex;
                ring.Head = (int)value;
                return null;
        }
    }
}
