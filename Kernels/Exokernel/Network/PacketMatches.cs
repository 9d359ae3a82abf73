using Disguise.Hardware.Wire;
using Disguise.Kernels.Exokernel.Environments;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// The exact-match demultiplexer: which environment a frame is for, by its destination (MAC and
/// IPv4 address, UDP port), the more specific binding first. Frames of the Address Resolution
/// Protocol go to whoever is asked for or answered; other frames to a group go to everybody.
/// </summary>
internal sealed class PacketMatches
{
    private readonly Dictionary<PacketMatch, EnvironmentRecord> byMatch = [];
    private readonly List<(PacketMatch Match, EnvironmentRecord Environment)> inOrder = [];

    /// <summary>Bindings that there are.</summary>
    public int Count => inOrder.Count;

    /// <summary>Adds a binding. False when another has the same.</summary>
    public bool TryAdd(in PacketMatch match, EnvironmentRecord environment)
    {
        if (!byMatch.TryAdd(match, environment))
            return false;
        inOrder.Add((match, environment));
        return true;
    }

    /// <summary>Whether a binding has an Ethernet address.</summary>
    public bool HasStation(ulong mac) => inOrder.Exists(known => known.Match.Mac == mac);

    /// <summary>Takes a binding out.</summary>
    public void Remove(PacketMatch match)
    {
        byMatch.Remove(match);
        inOrder.RemoveAll(known => known.Match == match);
    }

    /// <summary>Adds whom a frame is for, in the order in which they were bound.</summary>
    public void Find(ReadOnlySpan<byte> frame, List<EnvironmentRecord> found)
    {
        if (!FrameParser.TryRead(frame, out var fields))
            return;
        var mac = fields.DestinationMac;
        if (fields.EtherType == EtherType.Arp
            && ArpView.TryParse(frame[fields.NetworkOffset..], out var arp, out _))
        {
            foreach (var (match, environment) in inOrder)
            {
                if (match.Ip == arp.TargetAddress.Value
                    && (mac.IsMulticast || mac.Value == match.Mac)
                    && !found.Contains(environment))
                    found.Add(environment);
            }

            return;
        }

        if (!mac.IsMulticast)
        {
            FindStation(mac.Value, fields, found);
            return;
        }

        foreach (var (_, environment) in inOrder)
        {
            if (!found.Contains(environment))
                found.Add(environment);
        }
    }

    private void FindStation(
        ulong mac, in FrameFields fields, List<EnvironmentRecord> found)
    {
        if (!fields.HasIpv4)
            return;
        var match = new PacketMatch(mac, fields.Destination.Value, 0);
        var isUdp = fields.HasPorts && fields.Protocol == IpProtocol.Udp;
        if ((isUdp && byMatch.TryGetValue(
                match with { Port = fields.DestinationPort }, out var environment))
            || byMatch.TryGetValue(match, out environment))
            found.Add(environment);
    }
}
