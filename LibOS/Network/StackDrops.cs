using Disguise.Hardware.Network;

namespace Disguise.LibOS.Network;

/// <summary>Why a network stack drops a packet.</summary>
public static class StackDrops
{
    /// <summary>The Ethernet destination is another station, or a group that is not ours.
    /// </summary>
    public static DropReason ForeignStation { get; } = DropReason.Define(
        "stack-foreign-station", "the frame is for another Ethernet address");

    /// <summary>Neither IPv4 nor ARP.</summary>
    public static DropReason UnknownEtherType { get; } = DropReason.Define(
        "stack-unknown-ethertype", "the frame carries neither IPv4 nor ARP");

    /// <summary>A header whose lengths or values do not fit.</summary>
    public static DropReason MalformedHeader { get; } = DropReason.Define(
        "stack-malformed-header", "a header does not fit the bytes that are there");

    /// <summary>A checksum that is wrong.</summary>
    public static DropReason BadChecksum { get; } = DropReason.Define(
        "stack-bad-checksum", "an IPv4, ICMP or UDP checksum is wrong");

    /// <summary>The IPv4 address is another host's.</summary>
    public static DropReason ForeignAddress { get; } = DropReason.Define(
        "stack-foreign-address", "the packet is for another IPv4 address");

    /// <summary>A fragment; the stack does not put datagrams together.</summary>
    public static DropReason Fragment { get; } = DropReason.Define(
        "stack-fragment", "an IPv4 fragment, which the stack does not reassemble");

    /// <summary>A protocol above IPv4 that the stack does not speak.</summary>
    public static DropReason UnknownProtocol { get; } = DropReason.Define(
        "stack-unknown-protocol", "the datagram carries neither UDP nor ICMP");

    /// <summary>Nobody has bound the UDP port.</summary>
    public static DropReason NoPort { get; } = DropReason.Define(
        "stack-no-port", "nobody has bound the UDP port");

    /// <summary>An answer for which the sink had no room.</summary>
    public static DropReason NoRoomForAnswer { get; } = DropReason.Define(
        "stack-no-room-for-answer", "the answer of ARP or ICMP found no room to be sent");
}
