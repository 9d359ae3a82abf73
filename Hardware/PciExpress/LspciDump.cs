using System.Globalization;
using System.Text;

namespace Disguise.Hardware.PciExpress;

/// <summary>
/// Functions in the form that <c>lspci -F</c> reads: a line with bus, device and function, then the
/// 4096 bytes in hexadecimal, sixteen a line, then an empty line.
/// </summary>
public static class LspciDump
{
    private const int BytesPerLine = 16;

    /// <summary>
    /// The dump of functions in the order given. A VF's first four bytes are the ids that Linux
    /// puts into sysfs for it (<c>vendor</c> and <c>device</c>, from its PF's vendor id and the VF
    /// Device ID of the SR-IOV capability), since a dump has no other place for them; everything
    /// else is what a read of configuration space gives.
    /// </summary>
    public static string Write(IEnumerable<ConfigurationSpace> functions)
    {
        var text = new StringBuilder();
        var bytes = new byte[ConfigurationSpace.SizeBytes];
        foreach (var function in functions)
        {
            function.CopyTo(bytes);
            bytes[0] = (byte)function.VendorId;
            bytes[1] = (byte)(function.VendorId >> 8);
            bytes[2] = (byte)function.DeviceId;
            bytes[3] = (byte)(function.DeviceId >> 8);
            Write(text, function, bytes);
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, ConfigurationSpace function, byte[] bytes)
    {
        var culture = CultureInfo.InvariantCulture;
        var deviceClass = function.ReadUInt16(0x0A);
        text.Append(
            culture,
            $"{function.Function} {deviceClass:x4}: {function.VendorId:x4}:{function.DeviceId:x4}");
        for (var offset = 0; offset < bytes.Length; offset++)
        {
            if (offset % BytesPerLine == 0) text.Append('\n').Append(culture, $"{offset:x2}:");
            text.Append(culture, $" {bytes[offset]:x2}");
        }
        text.Append("\n\n");
    }
}
