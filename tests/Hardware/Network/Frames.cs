using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Tests.Network;

/// <summary>Frames for networks that look at addresses only.</summary>
internal static class Frames
{
    public static byte[] To(ulong destination, ulong source, int lengthBytes)
    {
        var frame = new byte[lengthBytes];
        new MacAddress(destination).Write(frame);
        new MacAddress(source).Write(frame.AsSpan(MacAddress.LengthBytes));
        frame[12] = 0x08;
        return frame;
    }
}
