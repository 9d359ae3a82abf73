namespace Disguise.Specification.Worlds;

/// <summary>A frame as a station got it.</summary>
/// <param name="AtPs">When its last bit had arrived.</param>
/// <param name="Frame">Its bytes.</param>
internal sealed record Arrival(long AtPs, byte[] Frame);
