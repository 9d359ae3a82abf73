namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// Counts refusals by reason. A statistic, kept by whoever asks the control plane: deciding itself
/// changes nothing.
/// </summary>
public sealed class RefusalTally
{
    private static readonly int Reasons = Enum.GetValues<RefusalReason>().Length;

    private readonly long[] counts = new long[Reasons];

    /// <summary>How often a reason was counted.</summary>
    public long this[RefusalReason reason] => counts[(int)reason];

    /// <summary>Counts a refusal's reason; gives the decision, of either sort, back.</summary>
    public Decision Count(Decision decision)
    {
        if (!decision.IsAccepted)
        {
            counts[(int)decision.Refusal]++;
        }

        return decision;
    }
}
