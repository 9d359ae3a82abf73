namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>A virtual interface card, as a referee or `inspect` sees it.</summary>
public readonly record struct VirtualInterfaceCard(
    int Card, int Container, int Domain, FunctionAddress Function, int Queues, int Filters);
