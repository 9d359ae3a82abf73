namespace Disguise.Hardware.Memory;

/// <summary>Who owns a frame: a number that a kernel gives to whom it allocates for.</summary>
public readonly record struct OwnerId(int Value);
