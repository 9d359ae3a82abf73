namespace Disguise.LibOS.Memory;

/// <summary>An access that an application's handler of faults is to see to.</summary>
/// <param name="Address">First byte that could not be accessed.</param>
/// <param name="IsWrite">Whether it was to be written.</param>
public readonly record struct MemoryFault(ulong Address, bool IsWrite);
