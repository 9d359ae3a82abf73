namespace Disguise.Hardware.Memory;

/// <summary>What is at a physical address.</summary>
public enum TranslationKind : byte
{
    /// <summary>Memory.</summary>
    Memory,

    /// <summary>Device registers: an access is a message to the device.</summary>
    Mmio,
}
