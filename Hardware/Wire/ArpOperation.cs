namespace Disguise.Hardware.Wire;

/// <summary>What an ARP packet says (RFC 826).</summary>
public enum ArpOperation : ushort
{
    /// <summary>Who has the target address?</summary>
    Request = 1,

    /// <summary>The sender has it.</summary>
    Reply = 2,
}
