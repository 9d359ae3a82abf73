using Disguise.Hardware.Network;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>Why an Exokernel drops frames of a card that environments share.</summary>
public static class ExokernelDrops
{
    /// <summary>Nobody has bound what the frame is for.</summary>
    public static DropReason NoBinding { get; } = DropReason.Define(
        "no-binding", "no environment has bound the frame's destination");

    /// <summary>The environment's packet ring has no free descriptor.</summary>
    public static DropReason PacketRingFull { get; } = DropReason.Define(
        "packet-ring-full", "the environment's packet ring has no free descriptor");

    /// <summary>A descriptor leads to memory that the environment has not bound.</summary>
    public static DropReason UnboundBuffer { get; } = DropReason.Define(
        "unbound-buffer", "a descriptor names memory that the environment has not bound");

    /// <summary>The binding was broken while the frame was on its way.</summary>
    public static DropReason BindingBroken { get; } = DropReason.Define(
        "binding-broken", "the network binding was broken while the frame was on its way");

    /// <summary>The card's transmit ring is full.</summary>
    public static DropReason CardRingFull { get; } = DropReason.Define(
        "card-ring-full", "the card's transmit ring is full");
}
