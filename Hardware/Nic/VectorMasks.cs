namespace Disguise.Hardware.Nic;

/// <summary>
/// Causes and masks of up to 32 vectors, as the bits of the registers have them (82599 datasheet
/// sections 7.3.1 and 8.2.3.5). A function with more vectors has two of these.
/// </summary>
internal struct VectorMasks
{
    /// <summary>Vectors with a cause (EICR).</summary>
    public uint Causes;

    /// <summary>Vectors that may be sent (EIMS).</summary>
    public uint Enabled;

    /// <summary>Vectors whose cause is cleared when they are sent (EIAC).</summary>
    public uint AutoClear;

    /// <summary>Vectors that are disabled when they are sent (EIAM).</summary>
    public uint AutoMask;

    /// <summary>Vectors with a message to send.</summary>
    public uint Requested;

    /// <summary>Vectors that wait for their least time to pass.</summary>
    public uint Timers;

    /// <summary>Reads a register by its offset from the causes; reading the causes clears them.
    /// </summary>
    public uint Read(int register)
    {
        switch (register)
        {
            case 0:
                var read = Causes;
                Causes = 0;
                Requested = 0;
                return read;
            case FunctionRegisters.InterruptMaskSet - FunctionRegisters.InterruptCause:
                return Enabled;
            case FunctionRegisters.InterruptAutoClear - FunctionRegisters.InterruptCause:
                return AutoClear;
            case FunctionRegisters.InterruptAutoMask - FunctionRegisters.InterruptCause:
                return AutoMask;
            default:
                return 0;
        }
    }

    /// <summary>
    /// Writes a register by its offset from the causes; the vectors, among those that are there,
    /// whose state has to be looked at are returned.
    /// </summary>
    public uint Write(int register, uint value, uint vectors)
    {
        switch (register)
        {
            case 0:
                Causes &= ~value;
                Requested &= ~value;
                return 0;
            case FunctionRegisters.InterruptCauseSet - FunctionRegisters.InterruptCause:
                Causes |= value & vectors;
                Requested |= value & vectors;
                return value & vectors;
            case FunctionRegisters.InterruptMaskSet - FunctionRegisters.InterruptCause:
                Requested |= Causes & value & ~Enabled;
                Enabled |= value & vectors;
                return value & vectors;
            case FunctionRegisters.InterruptMaskClear - FunctionRegisters.InterruptCause:
                Enabled &= ~value;
                return 0;
            case FunctionRegisters.InterruptAutoClear - FunctionRegisters.InterruptCause:
                AutoClear = value & vectors;
                return 0;
            default:
                AutoMask = value & vectors;
                return 0;
        }
    }
}
