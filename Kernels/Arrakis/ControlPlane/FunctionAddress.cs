namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>Where a virtual interface card lives.</summary>
/// <param name="Network">Number of the machine's NIC.</param>
/// <param name="IsSoftware">Emulated on a dedicated core, rather than a virtual function.</param>
/// <param name="Index">Number of the virtual function, or of the software card, from 0.</param>
public readonly record struct FunctionAddress(int Network, bool IsSoftware, int Index);
