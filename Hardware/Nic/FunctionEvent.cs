namespace Disguise.Hardware.Nic;

/// <summary>
/// The word of a function's own timers: the generation of the function's state, so that what was
/// under way before a reset is ignored, a queue or vector, and a value.
/// </summary>
internal static class FunctionEvent
{
    private const int GenerationShift = 40;
    private const int GenerationMask = (1 << 23) - 1;

    public static long WordOf(int generation, int queue, int value) =>
        ((long)(generation & GenerationMask) << GenerationShift) | ((long)queue << 32)
        | (uint)value;

    public static bool IsOf(long word, int generation) =>
        (int)(word >> GenerationShift) == (generation & GenerationMask);

    public static int QueueOf(long word) => (int)(word >> 32) & 0xFF;

    public static int ValueOf(long word) => (int)(uint)word;

    /// <summary>A descriptor's index, and which time the queue was enabled.</summary>
    public static int IndexAndEpoch(int index, ushort epoch) => (epoch << 16) | (index & 0xFFFF);

    /// <summary>The descriptor's index of such a value.</summary>
    public static int IndexOf(long word) => (int)word & 0xFFFF;

    /// <summary>Whether it is of the time for which the queue is enabled now.</summary>
    public static bool IsOfEpoch(long word, ushort epoch) => (ushort)(word >> 16) == epoch;
}
