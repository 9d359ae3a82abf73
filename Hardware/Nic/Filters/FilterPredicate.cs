namespace Disguise.Hardware.Nic.Filters;

/// <summary>
/// A predicate over header fields: a frame matches if its fields under the mask equal the value
/// (Arrakis, TOCS 2015, section 3.4). Addresses are compared by prefix, all else wholly or not at
/// all, so what matches is a convex box of header space. A predicate has no priority.
/// </summary>
public readonly record struct FilterPredicate
{
    private FilterPredicate(in PacketFields mask, in PacketFields value)
    {
        Mask = mask;
        Value = value & mask;
    }

    /// <summary>Matches every frame; the start of every other predicate.</summary>
    public static FilterPredicate Everything => default;

    /// <summary>The bits that are compared.</summary>
    public PacketFields Mask { get; }

    /// <summary>What they must equal; 0 outside the mask.</summary>
    public PacketFields Value { get; }

    /// <summary>The predicate with this mask and this value's bits under it.</summary>
    public static FilterPredicate Of(in PacketFields mask, in PacketFields value) =>
        new(mask, value);

    /// <summary>Also asks for this destination MAC address.</summary>
    public FilterPredicate WithDestinationMac(ulong mac) => With(
        PacketFields.Of(ulong.MaxValue, 0, 0, 0, 0, 0, 0, 0, 0),
        PacketFields.Of(mac, 0, 0, 0, 0, 0, 0, 0, 0));

    /// <summary>Also asks for this source MAC address.</summary>
    public FilterPredicate WithSourceMac(ulong mac) => With(
        PacketFields.Of(0, ulong.MaxValue, 0, 0, 0, 0, 0, 0, 0),
        PacketFields.Of(0, mac, 0, 0, 0, 0, 0, 0, 0));

    /// <summary>Also asks for this VLAN, or for no tag.</summary>
    public FilterPredicate WithVlan(ushort vlan) => With(
        PacketFields.Of(0, 0, ushort.MaxValue, 0, 0, 0, 0, 0, 0),
        PacketFields.Of(0, 0, vlan, 0, 0, 0, 0, 0, 0));

    /// <summary>Also asks for this EtherType.</summary>
    public FilterPredicate WithEtherType(ushort etherType) => With(
        PacketFields.Of(0, 0, 0, ushort.MaxValue, 0, 0, 0, 0, 0),
        PacketFields.Of(0, 0, 0, etherType, 0, 0, 0, 0, 0));

    /// <summary>Also asks for this IPv4 protocol.</summary>
    public FilterPredicate WithProtocol(byte protocol) => With(
        PacketFields.Of(0, 0, 0, 0, byte.MaxValue, 0, 0, 0, 0),
        PacketFields.Of(0, 0, 0, 0, protocol, 0, 0, 0, 0));

    /// <summary>Also asks for this IPv4 source prefix; a length of 0 asks for nothing.</summary>
    public FilterPredicate WithSourceIp(uint ip, int prefixLength = 32) => With(
        PacketFields.Of(0, 0, 0, 0, 0, PrefixMask(prefixLength), 0, 0, 0),
        PacketFields.Of(0, 0, 0, 0, 0, ip, 0, 0, 0));

    /// <summary>Also asks for this IPv4 destination prefix; 0 asks for nothing.</summary>
    public FilterPredicate WithDestinationIp(uint ip, int prefixLength = 32) => With(
        PacketFields.Of(0, 0, 0, 0, 0, 0, PrefixMask(prefixLength), 0, 0),
        PacketFields.Of(0, 0, 0, 0, 0, 0, ip, 0, 0));

    /// <summary>Also asks for this source port.</summary>
    public FilterPredicate WithSourcePort(ushort port) => With(
        PacketFields.Of(0, 0, 0, 0, 0, 0, 0, ushort.MaxValue, 0),
        PacketFields.Of(0, 0, 0, 0, 0, 0, 0, port, 0));

    /// <summary>Also asks for this destination port.</summary>
    public FilterPredicate WithDestinationPort(ushort port) => With(
        PacketFields.Of(0, 0, 0, 0, 0, 0, 0, 0, ushort.MaxValue),
        PacketFields.Of(0, 0, 0, 0, 0, 0, 0, 0, port));

    /// <summary>
    /// What a NIC that filters received frames by destination MAC and VLAN only, as the 82599 does
    /// for its virtual functions, can hold of this predicate: a wider one. The rest is left to the
    /// library.
    /// </summary>
    public FilterPredicate OnlyDestinationMacAndVlan() => new(
        Mask & PacketFields.Of(ulong.MaxValue, 0, ushort.MaxValue, 0, 0, 0, 0, 0, 0), Value);

    /// <summary>
    /// The same for frames to be sent: the 82599's anti-spoofing compares source MAC and VLAN.
    /// </summary>
    public FilterPredicate OnlySourceMacAndVlan() => new(
        Mask & PacketFields.Of(0, ulong.MaxValue, ushort.MaxValue, 0, 0, 0, 0, 0, 0), Value);

    /// <summary>Whether a frame with these fields matches.</summary>
    public bool Matches(in PacketFields fields) => (fields & Mask) == Value;

    /// <summary>Whether some frame matches both.</summary>
    public static bool Overlaps(in FilterPredicate a, in FilterPredicate b)
    {
        PacketFields both = a.Mask & b.Mask;
        return (a.Value & both) == (b.Value & both);
    }

    /// <summary>Whether every frame that matches the inner one matches the outer one.</summary>
    public static bool Covers(in FilterPredicate outer, in FilterPredicate inner) =>
        (outer.Mask & inner.Mask) == outer.Mask && (inner.Value & outer.Mask) == outer.Value;

    private static uint PrefixMask(int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, 32);
        return prefixLength == 0 ? 0 : uint.MaxValue << (32 - prefixLength);
    }

    // A field asked for twice keeps the last answer: its bits leave the value before the new ones.
    private FilterPredicate With(in PacketFields mask, in PacketFields value)
    {
        PacketFields kept = new(
            Value.Word0 & ~mask.Word0,
            Value.Word1 & ~mask.Word1,
            Value.Word2 & ~mask.Word2,
            Value.Word3 & ~mask.Word3);
        return new FilterPredicate(Mask | mask, kept | (value & mask));
    }
}
