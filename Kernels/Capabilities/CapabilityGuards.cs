using Disguise.Actors.Faults;

namespace Disguise.Kernels.Capabilities;

/// <summary>The guards of capability lookups.</summary>
public static class CapabilityGuards
{
    /// <summary>
    /// Checks a handle's tag and its holder. Off, any handle whose slot is in use is taken for
    /// the capability in that slot, whoever shows it.
    /// </summary>
    public static readonly Guard Handle = new("capability-handle");
}
