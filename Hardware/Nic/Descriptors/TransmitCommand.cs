namespace Disguise.Hardware.Nic.Descriptors;

/// <summary>
/// DCMD of an advanced transmit descriptor, 8 bits (82599 datasheet section 7.2.3.2.4).
/// </summary>
[Flags]
public enum TransmitCommand : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>EOP: the frame's last descriptor.</summary>
    EndOfPacket = 1,

    /// <summary>IFCS: insert the frame check sequence. The device always does.</summary>
    InsertFrameCheck = 1 << 1,

    /// <summary>RS: write the descriptor's status back when it is done.</summary>
    ReportStatus = 1 << 3,

    /// <summary>DEXT: the descriptor has the advanced format.</summary>
    Extended = 1 << 5,

    /// <summary>VLE: insert the tag of the context descriptor.</summary>
    InsertVlan = 1 << 6,

    /// <summary>TSE: cut a large TCP segment. Not modelled: refused.</summary>
    Segmentation = 1 << 7,
}
