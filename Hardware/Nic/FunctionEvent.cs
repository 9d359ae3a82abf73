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
}
