namespace Disguise.Hardware.Captures;

/// <summary>An interface of a capture file.</summary>
/// <param name="Name">Its name (if_name), or empty where the file gives none.</param>
/// <param name="LinkType">
/// Kind of link ("Link-Layer Header Types" of tcpdump.org); 1 is Ethernet.
/// </param>
/// <param name="SnapLengthBytes">Bytes of a frame that were kept at most; zero: all.</param>
public sealed record CaptureInterface(string Name, int LinkType, long SnapLengthBytes);
