namespace Disguise.Kernels.Capabilities;

/// <summary>What a capability is to.</summary>
public enum CapabilityKind : byte
{
    /// <summary>The whole machine: the operator's, the root of all others.</summary>
    Machine,

    /// <summary>An application container.</summary>
    Container,

    /// <summary>A protection domain in a container.</summary>
    ProtectionDomain,

    /// <summary>An extent of memory frames, or a share of one.</summary>
    Memory,

    /// <summary>A virtual interface card.</summary>
    VirtualInterfaceCard,

    /// <summary>A packet filter.</summary>
    Filter,

    /// <summary>A rendezvous of threads for messages.</summary>
    Endpoint,

    /// <summary>A word of bits that threads set for another without waiting.</summary>
    Notification,

    /// <summary>The one answer to a call that is under way.</summary>
    Reply,

    /// <summary>An interrupt vector of a device.</summary>
    Interrupt,
}
