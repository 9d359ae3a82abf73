namespace Disguise.Host.Experiments;

/// <summary>The network that joins machines and clients.</summary>
/// <param name="Link">Each machine's and client's link to its switch port.</param>
/// <param name="SwitchLatencyPs">From a switch's input to its output, queueing apart.</param>
/// <param name="LeafSpine">The topology of racks and spines; null for one switch.</param>
public sealed record NetworkSettings(
    LinkQuality Link,
    long SwitchLatencyPs,
    LeafSpineTopology? LeafSpine
);
