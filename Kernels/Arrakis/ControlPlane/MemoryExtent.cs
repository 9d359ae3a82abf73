namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>Frames that follow each other and belong to one container.</summary>
public readonly record struct MemoryExtent(
    int Extent, int Container, long FirstFrame, int Pages);
