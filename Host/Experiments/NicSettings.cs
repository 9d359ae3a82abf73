namespace Disguise.Host.Experiments;

/// <summary>A machine's SR-IOV network card.</summary>
/// <param name="VirtualFunctions">VFs that are switched on.</param>
/// <param name="EmulateWhenOut">
/// Whether a tenant beyond the last VF gets a software VIC on a dedicated core; else it is refused.
/// </param>
public sealed record NicSettings(int VirtualFunctions, bool EmulateWhenOut);
