namespace Disguise.Host.Experiments;

/// <summary>A switch named in <c>switches:</c>.</summary>
/// <param name="Name">Its name, which is its address.</param>
/// <param name="LatencyPs">From input to output, queueing apart.</param>
public sealed record SwitchSettings(string Name, long LatencyPs);
