namespace Disguise.Hardware.Captures;

/// <summary>
/// Numbers of the pcapng format (draft-ietf-opsawg-pcapng sections 3 and 4); a block is
/// type, total length, body, total length once more, all in units of four bytes.
/// </summary>
internal static class PcapngFormat
{
    public const uint SectionHeader = 0x0A0D0D0A;
    public const uint InterfaceDescription = 1;
    public const uint ObsoletePacket = 2;
    public const uint SimplePacket = 3;
    public const uint EnhancedPacket = 6;

    public const uint ByteOrderMagic = 0x1A2B3C4D;
    public const ushort MajorVersion = 1;
    public const int BlockOverheadBytes = 12;
    public const int AlignmentBytes = 4;

    public const int SectionHeaderBodyBytes = 16;
    public const int InterfaceDescriptionBodyBytes = 8;
    public const int EnhancedPacketBodyBytes = 20;
    public const int SimplePacketBodyBytes = 4;

    public const int OptionHeaderBytes = 4;
    public const ushort EndOfOptions = 0;
    public const ushort Comment = 1;
    public const ushort SectionApplication = 4;
    public const ushort InterfaceName = 2;
    public const ushort InterfaceSpeed = 8;
    public const ushort InterfaceTimeResolution = 9;
    public const ushort InterfaceFrameCheckBits = 13;
    public const ushort InterfaceTimeOffset = 14;
    public const ushort PacketFlags = 2;

    public const ushort EthernetLink = 1;
    public const byte NanosecondResolution = 9;
    public const byte MicrosecondResolution = 6;
    public const byte BinaryResolutionFlag = 0x80;
    public const uint DirectionMask = 3;
    public const int FrameCheckShift = 5;
    public const int FrameCheckMask = 0xF;

    /// <summary>The length with its padding to four bytes.</summary>
    public static int Align(int lengthBytes) =>
        (lengthBytes + AlignmentBytes - 1) & ~(AlignmentBytes - 1);
}
