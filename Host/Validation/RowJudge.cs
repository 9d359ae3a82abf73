using Disguise.Host.Results;

namespace Disguise.Host.Validation;

/// <summary>Holds the rows of a suite against what was measured.</summary>
/// <param name="suite">The suite.</param>
/// <param name="find">Gives what a path leads to.</param>
/// <param name="lacking">Why runs could not be made, by name of the run.</param>
internal sealed class RowJudge(
    Suite suite, Func<string, ResultValue> find, IReadOnlyDictionary<string, string> lacking)
{
    // Both sides are doubles: what is equal to the last printed digit is not told apart by them.
    private const double Rounding = 1e-9;

    /// <summary>All rows, in order.</summary>
    public IReadOnlyList<RowOutcome> Judge() => [.. suite.Rows.Select(Judge)];

    private RowOutcome Judge(SuiteRow row)
    {
        var reason = row.NotModelled ?? NotBuilt(row);
        if (reason is not null)
            return Outcome(row, RowVerdict.NotModelled, null, reason);
        if (row.Kind == RowKind.Shape)
            return JudgeShape(row);
        var value = row.Value!.Evaluate(find);
        if (value is not { } emulated)
            return Outcome(row, RowVerdict.NotMeasured, null, "its run gave no value");
        return row.Kind switch
        {
            RowKind.Input => Outcome(row, RowVerdict.Input, value, null),
            RowKind.Band => JudgeBand(row, emulated),
            _ => Outcome(row, VerdictOf(row, emulated), value, null),
        };
    }

    private RowVerdict VerdictOf(SuiteRow row, double emulated)
    {
        if (row.Paper is not { } paper)
            return RowVerdict.Predicted;
        var allowed = row.Kind == RowKind.Identity
            ? suite.Tolerances.Identity
            : paper * (row.IsRatio ? suite.Tolerances.Ratio : suite.Tolerances.Absolute);
        return Math.Abs(emulated - paper) <= allowed + Rounding
            ? RowVerdict.Met : RowVerdict.Unmet;
    }

    private RowOutcome JudgeBand(SuiteRow row, double emulated)
    {
        if (row.Low!.Evaluate(find) is not { } one || row.High!.Evaluate(find) is not { } other)
            return Outcome(row, RowVerdict.NotMeasured, emulated, "an end of it gave no value");
        var (low, high) = (Math.Min(one, other), Math.Max(one, other));
        var isNarrow = high <= low * suite.Tolerances.Band;
        var verdict = row.Paper is not { } paper ? RowVerdict.Predicted
            : isNarrow && paper >= low && paper <= high ? RowVerdict.Met
            : RowVerdict.Unmet;
        return Outcome(row, verdict, emulated, null) with { Low = low, High = high };
    }

    private RowOutcome JudgeShape(SuiteRow row)
    {
        var failed = new List<string>();
        foreach (var expectation in row.Holds)
        {
            var outcome = expectation.Check(find);
            if (outcome.Holds is null)
                return Outcome(row, RowVerdict.NotMeasured, null, outcome.Reason);
            if (outcome.Holds == false)
            {
                failed.Add($"{outcome.Expect} ({ResultText.Number(outcome.Left)} and "
                    + $"{ResultText.Number(outcome.Right)})");
            }
        }

        var holds = failed.Count == 0;
        var verdict = row.Paper is not null ? holds ? RowVerdict.Met : RowVerdict.Unmet
            : holds ? RowVerdict.Predicted : RowVerdict.Fails;
        return Outcome(row, verdict, holds ? 1 : 0, holds ? null : string.Join("; ", failed));
    }

    private string? NotBuilt(SuiteRow row)
    {
        foreach (var path in row.Paths)
        {
            if (lacking.TryGetValue(suite.RunOf(path).Name, out var reason))
                return reason;
        }

        return null;
    }

    private RowOutcome Outcome(
        SuiteRow row, RowVerdict verdict, double? emulated, string? reason) =>
        new(row, suite.ExperimentOf(row), verdict, emulated, null, null, reason);
}
