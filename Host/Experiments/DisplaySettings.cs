namespace Disguise.Host.Experiments;

/// <summary>A machine's display.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
public sealed record DisplaySettings(int Width, int Height);
