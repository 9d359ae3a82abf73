namespace Disguise.Kernels.PacketFilters;

/// <summary>Which way the packets go that a filter or a rate is about.</summary>
public enum FilterDirection : byte
{
    /// <summary>From the wire to the container.</summary>
    Receive,

    /// <summary>From the container to the wire.</summary>
    Transmit,
}
