namespace Disguise.Hardware.PciExpress;

/// <summary>
/// Where the registers of every function are: the offsets of the 82599 (datasheet, sections 9.3 and
/// 9.4), with access control services behind them.
/// </summary>
internal static class FunctionLayout
{
    public const int PowerManagement = 0x40;
    public const int MsiX = 0x70;
    public const int PciExpress = 0xA0;
    public const int Errors = 0x100;
    public const int AlternativeRoutingId = 0x150;
    public const int SrIov = 0x160;
    public const int AccessControl = 0x1B0;

    /// <summary>Status register: the capability list exists.</summary>
    public const uint CapabilityList = 1U << 20;

    /// <summary>Bits of the status register, in the upper half, that are cleared by ones.</summary>
    public const uint StatusErrors = 0xF900_0000;

    /// <summary>Command: Bus Master Enable.</summary>
    public const uint BusMaster = 1 << 2;

    /// <summary>Command: Memory Space Enable.</summary>
    public const uint MemorySpace = 1 << 1;

    /// <summary>
    /// Access control services of a function of a multi-function device: redirection of requests
    /// and completions between its functions, and direct translated requests (section 7.16).
    /// </summary>
    public const uint AccessControlBits = (1 << 2) | (1 << 3) | (1 << 6);

    /// <summary>Registers of the MSI-X capability.</summary>
    public static uint ReadMsiX(int offset, MsiXTable table, int baseAddressRegister) =>
        offset switch
        {
            0x00 => Register.Header(CapabilityId.MsiX, PciExpress, table.MessageControl),
            0x04 => (uint)baseAddressRegister,
            0x08 => (uint)MsiXTable.PendingOffset(table.VectorCount) | (uint)baseAddressRegister,
            _ => 0,
        };

    /// <summary>A write to the message control register.</summary>
    public static void WriteMsiX(int offset, uint value, uint lanes, MsiXTable table)
    {
        if (offset != 0 || lanes >> 16 == 0) return;
        var before = (uint)table.MessageControl << 16;
        table.WriteMessageControl((ushort)(Register.Write(before, value, lanes, ~0U) >> 16));
    }
}
