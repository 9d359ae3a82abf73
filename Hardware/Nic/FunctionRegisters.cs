namespace Disguise.Hardware.Nic;

/// <summary>
/// Offsets of a function's registers in its window, bytes, and their fields (82599 datasheet
/// section 8.3, virtual functions). The physical function's own queues have the same layout here,
/// with room for 64 of each direction, 64 vectors, and causes and masks in two halves.
/// </summary>
public static class FunctionRegisters
{
    /// <summary>Bytes of a virtual function's window.</summary>
    public const int WindowBytes = 16 << 10;

    /// <summary>VFCTRL: bit 26 resets the function's queues.</summary>
    public const int Control = 0x0000;

    /// <summary>VFSTATUS: not used by drivers; reads 0.</summary>
    public const int Status = 0x0008;

    /// <summary>VFLINKS: bit 30 says that the link is up.</summary>
    public const int Links = 0x0010;

    /// <summary>VTEICR: causes; reading clears, writing ones clears those.</summary>
    public const int InterruptCause = 0x0100;

    /// <summary>VTEICS: writing ones raises causes.</summary>
    public const int InterruptCauseSet = 0x0104;

    /// <summary>VTEIMS: writing ones enables vectors; reads which are.</summary>
    public const int InterruptMaskSet = 0x0108;

    /// <summary>VTEIMC: writing ones disables vectors.</summary>
    public const int InterruptMaskClear = 0x010C;

    /// <summary>VTEIAC: vectors whose cause is cleared when the interrupt is sent.</summary>
    public const int InterruptAutoClear = 0x0110;

    /// <summary>VTEIAM: vectors that are disabled when the interrupt is sent.</summary>
    public const int InterruptAutoMask = 0x0114;

    /// <summary>VTIVAR 0: which vector the queues 2n and 2n + 1 raise; 4 bytes apart.</summary>
    public const int InterruptVectors = 0x0120;

    /// <summary>VFPSRTYPE: bits 31 to 29 say among how many queues RSS spreads.</summary>
    public const int PacketSplitType = 0x0300;

    /// <summary>VTEITR 0: least time between two interrupts of a vector; 4 bytes apart.
    /// </summary>
    public const int InterruptThrottle = 0x0820;

    /// <summary>
    /// Causes of the vectors 0 to 31, and behind it of 32 to 63, where a function has so many; the
    /// five registers that belong to it follow in the order of the plain ones, each
    /// <see cref="ExtendedStride"/> behind the other. Set, enable, disable and automatic mask stand
    /// where EICS_EX, EIMS_EX, EIMC_EX and EIAM_EX do (82599 datasheet section 8.2.3.5).
    /// </summary>
    public const int InterruptCauseExtended = 0x0A80;

    /// <summary>EICS_EX: writing ones raises causes.</summary>
    public const int InterruptCauseSetExtended = 0x0A90;

    /// <summary>EIMS_EX: writing ones enables vectors; reads which are.</summary>
    public const int InterruptMaskSetExtended = 0x0AA0;

    /// <summary>EIMC_EX: writing ones disables vectors.</summary>
    public const int InterruptMaskClearExtended = 0x0AB0;

    /// <summary>Vectors whose cause is cleared when the interrupt is sent.</summary>
    public const int InterruptAutoClearExtended = 0x0AC0;

    /// <summary>EIAM_EX: vectors that are disabled when the interrupt is sent.</summary>
    public const int InterruptAutoMaskExtended = 0x0AD0;

    /// <summary>Distance of two extended registers.</summary>
    public const int ExtendedStride = 0x10;

    /// <summary>First register of receive queue 0.</summary>
    public const int ReceiveQueues = 0x1000;

    /// <summary>First register of transmit queue 0.</summary>
    public const int TransmitQueues = 0x2000;

    /// <summary>Distance of two queues' registers.</summary>
    public const int QueueStride = 0x40;

    /// <summary>RDBAL, TDBAL: low half of the ring's address; a multiple of 128.</summary>
    public const int BaseLow = 0x00;

    /// <summary>RDBAH, TDBAH: high half.</summary>
    public const int BaseHigh = 0x04;

    /// <summary>RDLEN, TDLEN: bytes of the ring; a multiple of 128.</summary>
    public const int Length = 0x08;

    /// <summary>RDH, TDH: the descriptor that the device uses next.</summary>
    public const int Head = 0x10;

    /// <summary>SRRCTL: buffer size in KiB in bits 4 to 0, descriptor type in 27 to 25.</summary>
    public const int SplitReplicationControl = 0x14;

    /// <summary>RDT, TDT: behind the last descriptor that the device may use.</summary>
    public const int Tail = 0x18;

    /// <summary>RXDCTL, TXDCTL: bit 25 enables the queue.</summary>
    public const int QueueControl = 0x28;

    /// <summary>TDWBAL: bit 0 enables write-back of the head instead of descriptors.</summary>
    public const int HeadWriteBackLow = 0x38;

    /// <summary>TDWBAH: high half of the address that the head is written to.</summary>
    public const int HeadWriteBackHigh = 0x3C;

    /// <summary>VFGPRC: good packets received.</summary>
    public const int GoodPacketsReceived = 0x101C;

    /// <summary>VFGORC: good octets received, low 32 bits; the high 4 follow.</summary>
    public const int GoodOctetsReceived = 0x1020;

    /// <summary>VFMPRC: multicast packets received.</summary>
    public const int MulticastPacketsReceived = 0x1034;

    /// <summary>VFGPTC: good packets transmitted.</summary>
    public const int GoodPacketsTransmitted = 0x201C;

    /// <summary>VFGOTC: good octets transmitted, low 32 bits; the high 4 follow.</summary>
    public const int GoodOctetsTransmitted = 0x2020;

    /// <summary>Bit of <see cref="Control"/>.</summary>
    public const uint ResetBit = 1u << 26;

    /// <summary>Bit of <see cref="Links"/>.</summary>
    public const uint LinkUpBit = 1u << 30;

    /// <summary>Bit of <see cref="QueueControl"/>.</summary>
    public const uint QueueEnableBit = 1u << 25;

    /// <summary>Bit of <see cref="HeadWriteBackLow"/>.</summary>
    public const uint HeadWriteBackBit = 1;

    /// <summary>
    /// SRRCTL for one buffer a descriptor, in the advanced format, of a size in KiB (1 to 16).
    /// </summary>
    public static uint SplitReplicationOf(int bufferKibibytes) =>
        (uint)bufferKibibytes | AdvancedOneBuffer;

    /// <summary>DESCTYPE 001b of SRRCTL.</summary>
    public const uint AdvancedOneBuffer = 1u << 25;

    /// <summary>Mask of DESCTYPE in SRRCTL.</summary>
    public const uint DescriptorTypeMask = 7u << 25;

    /// <summary>Mask of BSIZEPACKET in SRRCTL.</summary>
    public const uint BufferSizeMask = 0x1F;

    /// <summary>VFPSRTYPE for RSS among 2 to the power of a number of queues.</summary>
    public static uint RssOver(int queuesLog2) => (uint)queuesLog2 << 29;

    /// <summary>A field of VTIVAR: a vector, valid.</summary>
    public static uint VectorField(int vector) => (uint)vector | 0x80;

    /// <summary>
    /// Where in VTIVAR a queue's vector stands: register and bit. Receive queue 2n has bits 7 to
    /// 0, transmit queue 2n the next 8, then those of queue 2n + 1.
    /// </summary>
    public static (int Offset, int Shift) VectorPlace(int queue, QueueDirection direction) => (
        InterruptVectors + (queue / 2 * 4),
        ((queue & 1) * 16) + (direction == QueueDirection.Transmit ? 8 : 0));

    /// <summary>
    /// The half of an extended interrupt register that has a vector: its offset, and the vector's
    /// bit in it.
    /// </summary>
    public static (int Offset, uint Bit) ExtendedPlace(int register, int vector) =>
        (register + (vector / 32 * 4), 1u << (vector % 32));

    /// <summary>VTEITR for an interval: units of 2 us in bits 11 to 3 (section 8.2.3.5.12).
    /// </summary>
    public static uint ThrottleOf(int twoMicroseconds) => (uint)twoMicroseconds << 3;

    /// <summary>A register of a receive queue.</summary>
    public static int Receive(int queue, int register) =>
        ReceiveQueues + (queue * QueueStride) + register;

    /// <summary>A register of a transmit queue.</summary>
    public static int Transmit(int queue, int register) =>
        TransmitQueues + (queue * QueueStride) + register;
}
