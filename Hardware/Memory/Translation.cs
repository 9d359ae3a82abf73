namespace Disguise.Hardware.Memory;

/// <summary>Where a virtual address leads.</summary>
public readonly record struct Translation(long PhysicalAddress, TranslationKind Kind);
