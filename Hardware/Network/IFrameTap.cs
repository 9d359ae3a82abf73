namespace Disguise.Hardware.Network;

/// <summary>Records frames at one interface: a link or a function. Changes nothing.</summary>
public interface IFrameTap
{
    /// <summary>A frame passes at a virtual time; the bytes have no frame check sequence.</summary>
    void Passed(long timePs, ReadOnlySpan<byte> frame, FrameDirection direction);
}
