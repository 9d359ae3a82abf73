using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>
/// The part of revocation that is about frames: which of them an environment may return, and the
/// abort protocol, which breaks bindings by force and enters them in the repossession vector. The
/// frames of the guarantee are never taken.
/// </summary>
internal sealed class FrameRevocation(FrameBook frames, TranslationBook translation)
{
    /// <summary>
    /// Whether an environment may answer with these frames: each its own, once, and neither a
    /// table nor one that it has named for the guarantee.
    /// </summary>
    public ExokernelRefusal CheckReturn(int environment, ReadOnlySpan<long> returned)
    {
        for (int at = 0; at < returned.Length; at++)
        {
            if (returned[..at].Contains(returned[at]))
            {
                return ExokernelRefusal.BadAnswer;
            }

            ExokernelRefusal refusal = frames.CheckReturn(environment, returned[at]);
            if (refusal != ExokernelRefusal.None)
            {
                return refusal;
            }
        }

        return ExokernelRefusal.None;
    }

    /// <summary>
    /// Frees frames. The bindings that this broke are added; they have to be forgotten and the
    /// frames zeroed.
    /// </summary>
    public void Free(ReadOnlySpan<long> given, List<Binding> broken)
    {
        foreach (long frame in given)
        {
            translation.Break(frame, broken);
            frames.Free(frame);
        }
    }

    /// <summary>
    /// Takes frames by force: as many as are wanted, or as can be without touching the guarantee.
    /// </summary>
    /// <param name="environment">From whom.</param>
    /// <param name="wanted">How many.</param>
    /// <param name="vector">Where it is entered.</param>
    /// <param name="nowPs">The time.</param>
    /// <param name="taken">Gets the frames: to be saved where that is possible, and zeroed.</param>
    /// <param name="broken">Gets the bindings that have to be forgotten.</param>
    public void Repossess(
        int environment,
        int wanted,
        RepossessionVector vector,
        long nowPs,
        List<RepossessedFrame> taken,
        List<Binding> broken)
    {
        var chosen = new List<long>();
        frames.ChooseTakeable(environment, wanted, chosen);
        foreach (long frame in chosen)
        {
            translation.Break(frame, broken);
            frames.Free(frame);
            taken.Add(new RepossessedFrame(
                frame, vector.Enter(RevocableResource.Memory, frame, nowPs)));
        }
    }
}
