using Disguise.Hardware.Cores;

namespace Disguise.Hardware.Nic.Software;

/// <summary>
/// The core that emulates functions in software: it works on one packet after the other.
/// </summary>
public interface ISoftwareExecution
{
    /// <summary>The core.</summary>
    Core Core { get; }

    /// <summary>
    /// Takes the core for one packet from now on, or when its earlier work is done. Returns when
    /// it is done with this one.
    /// </summary>
    long Occupy();
}
