namespace Disguise.Hardware.PciExpress;

/// <summary>
/// Routing id of a function: bus in bits 15 to 8, device in 7 to 3, function in 2 to 0, or with ARI
/// an 8-bit function number in bits 7 to 0 (PCI Express Base Specification, sections 2.2.4.2 and
/// 6.13). The requester id of its DMA.
/// </summary>
public readonly record struct FunctionId(ushort RoutingId)
{
    /// <summary>The routing id of a bus, device (0 to 31) and function (0 to 7).</summary>
    public static FunctionId Of(int bus, int device, int function)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bus, 255u, nameof(bus));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)device, 31u, nameof(device));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)function, 7u, nameof(function));
        return new FunctionId((ushort)((bus << 8) | (device << 3) | function));
    }

    /// <summary>Number of the bus.</summary>
    public int Bus => RoutingId >> 8;

    /// <summary>Number of the device on its bus.</summary>
    public int Device => (RoutingId >> 3) & 31;

    /// <summary>Number of the function in its device.</summary>
    public int Function => RoutingId & 7;

    /// <summary>Bus, device and function as <c>lspci</c> prints them: <c>03:10.1</c>.</summary>
    public override string ToString() => $"{Bus:x2}:{Device:x2}.{Function:x1}";
}
