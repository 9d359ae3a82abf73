using Disguise.Actors.Crossings;

namespace Disguise.Hardware.Cores;

/// <summary>
/// A context goes on at its own clock. The word is the context's number in its domain and the
/// generation of the suspension, so that a resumption that a preemption overtook is ignored.
/// </summary>
public sealed record ContextResume : IInternalMessage, IWordMessage
{
    private ContextResume()
    {
    }

    /// <summary>The only instance; the word says which context.</summary>
    public static ContextResume Instance { get; } = new();

    /// <summary>The context's number in its domain.</summary>
    public static int ContextOf(long word) => (int)(word >> 32);

    internal static long WordOf(int context, int generation) =>
        ((long)context << 32) | (uint)generation;

    internal static int GenerationOf(long word) => (int)(uint)word;
}
