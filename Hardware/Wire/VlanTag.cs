namespace Disguise.Hardware.Wire;

/// <summary>The tag control information of IEEE 802.1Q clause 9.6.</summary>
public readonly record struct VlanTag
{
    /// <summary>
    /// Bytes that a tag adds to a frame: tag protocol identifier and control word.
    /// </summary>
    public const int LengthBytes = 4;

    /// <summary>Highest identifier; 4095 is reserved, 0 means priority only.</summary>
    public const int MaximumIdentifier = 4_094;

    private const int MaximumPriority = 7;
    private const int IdentifierMask = 0xFFF;
    private const int DropEligibleBit = 0x1000;
    private const int PriorityShift = 13;

    private VlanTag(ushort controlInformation) => ControlInformation = controlInformation;

    /// <summary>A tag to be sent.</summary>
    /// <param name="identifier">VLAN, 0 to 4094.</param>
    /// <param name="priority">Priority code point, 0 to 7.</param>
    /// <param name="isDropEligible">Whether congestion may drop it first.</param>
    public VlanTag(int identifier, int priority = 0, bool isDropEligible = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(identifier);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(identifier, MaximumIdentifier);
        ArgumentOutOfRangeException.ThrowIfNegative(priority);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, MaximumPriority);
        ControlInformation = (ushort)(
            (priority << PriorityShift) | (isDropEligible ? DropEligibleBit : 0) | identifier);
    }

    /// <summary>The 16 bits on the wire.</summary>
    public ushort ControlInformation { get; }

    /// <summary>VLAN identifier, 12 bits.</summary>
    public ushort Identifier => (ushort)(ControlInformation & IdentifierMask);

    /// <summary>Priority code point, 0 to 7.</summary>
    public byte Priority => (byte)(ControlInformation >> PriorityShift);

    /// <summary>Whether congestion may drop the frame first.</summary>
    public bool IsDropEligible => (ControlInformation & DropEligibleBit) != 0;

    /// <summary>The tag with these 16 bits; any value can arrive.</summary>
    public static VlanTag From(ushort controlInformation) => new(controlInformation);

    /// <summary>Identifier and priority.</summary>
    public override string ToString() =>
        $"vlan {Identifier} priority {Priority}{(IsDropEligible ? " drop-eligible" : "")}";
}
