namespace Disguise.Host.Experiments;

/// <summary>A machine's NVMe device.</summary>
/// <param name="VirtualFunctions">Secondary controllers that are switched on.</param>
/// <param name="SizeBytes">Its capacity.</param>
/// <param name="WriteLatencyPs">From submission to completion of an unloaded write.</param>
public sealed record NvmeSettings(int VirtualFunctions, long SizeBytes, long WriteLatencyPs);
