namespace Disguise.Hardware.PciExpress;

/// <summary>
/// The kinds of register bits (PCI Express Base Specification 3.1, section 7.4). Lanes have ones in
/// the bytes that a write reaches.
/// </summary>
internal static class Register
{
    /// <summary>Writes the bits that may be written and keeps the others.</summary>
    public static uint Write(uint before, uint value, uint lanes, uint writable) =>
        (before & ~(writable & lanes)) | (value & writable & lanes);

    /// <summary>Clears the bits that are written as one and may be cleared.</summary>
    public static uint Clear(uint before, uint value, uint lanes, uint clearable) =>
        before & ~(value & clearable & lanes);

    /// <summary>Header of a capability: id, next offset, and 16 bits of its own.</summary>
    public static uint Header(CapabilityId id, int next, int own) =>
        (uint)id | ((uint)next << 8) | ((uint)own << 16);

    /// <summary>Header of an extended capability.</summary>
    public static uint Header(ExtendedCapabilityId id, int version, int next) =>
        (uint)id | ((uint)version << 16) | ((uint)next << 20);
}
