namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// Names an application container: its slot in the kernel's table and the generation of that slot,
/// so that a late message of a dead container is not taken for one of its successor.
/// </summary>
public readonly record struct ContainerId(int Slot, int Generation)
{
    /// <summary>The machine's operator, who creates and destroys containers.</summary>
    public static ContainerId Operator => default;

    /// <inheritdoc/>
    public override string ToString() => $"container({Slot}.{Generation})";
}
