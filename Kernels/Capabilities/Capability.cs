namespace Disguise.Kernels.Capabilities;

/// <summary>One live capability, as a referee or `inspect capabilities` sees it.</summary>
/// <param name="Slot">Slot of the kernel's record.</param>
/// <param name="Parent">Slot from which it descends; -1 for the root.</param>
/// <param name="Kind">What it is to.</param>
/// <param name="Rights">What it allows.</param>
/// <param name="Owner">Number of the container that holds it.</param>
/// <param name="Object">Number of the object among those of its kind.</param>
/// <param name="IsParentLive">Whether the parent's slot holds a capability (root: true).</param>
public readonly record struct Capability(
    int Slot,
    int Parent,
    CapabilityKind Kind,
    CapabilityRights Rights,
    int Owner,
    int Object,
    bool IsParentLive);
