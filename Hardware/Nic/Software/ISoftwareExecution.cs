namespace Disguise.Hardware.Nic.Software;

/// <summary>
/// The core that emulates functions in software: it works on one packet after the other.
/// </summary>
public interface ISoftwareExecution
{
    /// <summary>
    /// Takes the core for one packet from now on, or when its earlier work is done. Returns when
    /// it is done with this one.
    /// </summary>
    long Occupy();
}
