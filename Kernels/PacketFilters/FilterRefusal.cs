namespace Disguise.Kernels.PacketFilters;

/// <summary>Why a filter specification means nothing that a NIC could hold.</summary>
public enum FilterRefusal
{
    /// <summary>It does mean something.</summary>
    None,

    /// <summary>Direction, level or VLAN is out of range, or an address is too long.</summary>
    Malformed,

    /// <summary>A peer names an address or a port that the level does not have.</summary>
    PeerNotOfLevel,

    /// <summary>A service number does not fit the level: a protocol above 255.</summary>
    ServiceNotOfLevel,

    /// <summary>Peers times services make more predicates than a filter may have.</summary>
    TooManyPredicates,
}
