using Disguise.Hardware.Nic.Filters;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>An address on the network that a container owns.</summary>
/// <param name="Mac">Unicast MAC address, 48 bits, not 0; unique on the machine.</param>
/// <param name="Ip">IPv4 address, not 0; unique on the machine.</param>
/// <param name="Vlan">VLAN, 0 to 4095, or <see cref="PacketFields.NoVlan"/>.</param>
public readonly record struct ContainerAddress(
    ulong Mac, uint Ip, ushort Vlan = PacketFields.NoVlan);
