namespace Disguise.Host.Validation;

/// <summary>The one line at the end.</summary>
/// <param name="Met">Judged rows within their tolerance.</param>
/// <param name="Judged">Points, bands and shapes for which the paper prints a value.</param>
/// <param name="Predicted">Those for which it prints none, but shapes that fail.</param>
/// <param name="Failing">Shapes without a printed value that do not hold.</param>
/// <param name="NotModelled">Rows of any kind that nothing models.</param>
/// <param name="FailedIdentities">Identities that do not hold: the exit code is 1.</param>
public readonly record struct ValidationSummary(
    int Met, int Judged, int Predicted, int Failing, int NotModelled, int FailedIdentities)
{
    /// <summary>Counts rows.</summary>
    public static ValidationSummary Of(IEnumerable<RowOutcome> rows)
    {
        int met = 0, judged = 0, predicted = 0, failing = 0, notModelled = 0, failed = 0;
        foreach (var row in rows)
        {
            if (row.Verdict == RowVerdict.NotModelled)
                notModelled++;
            else if (row.Row.Kind == RowKind.Identity)
                failed += row.Verdict == RowVerdict.Met ? 0 : 1;
            else if (row.Row.Kind == RowKind.Input)
                continue;
            else if (row.Row.Paper is null)
            {
                predicted += row.Verdict == RowVerdict.Predicted ? 1 : 0;
                failing += row.Verdict == RowVerdict.Fails ? 1 : 0;
            }
            else
            {
                judged++;
                met += row.Verdict == RowVerdict.Met ? 1 : 0;
            }
        }

        return new ValidationSummary(met, judged, predicted, failing, notModelled, failed);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Met} of {Judged} met, {Predicted} predicted without a printed value, "
        + (Failing == 1 ? "1 shape fails, " : $"{Failing} shapes fail, ")
        + $"{NotModelled} not modelled";
}
