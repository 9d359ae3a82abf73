using Disguise.Host.Commands;
using Disguise.Host.Results;
using Disguise.Host.Validation;

namespace Disguise.Host.Verbs;

/// <summary>
/// <c>validate</c>: a paper's tables beside the emulated ones. Only an identity that does not hold
/// is an error; how many points, bands and shapes are met is the last line.
/// </summary>
internal static class ValidateVerb
{
    public static int Validate(ValidateOptions options, Terminal terminal) =>
        Validate(SuiteCatalog.Load(options.Suites), options.Common, terminal);

    /// <summary>As <see cref="Validate(ValidateOptions, Terminal)"/>, with suites at hand.
    /// </summary>
    public static int Validate(
        IReadOnlyList<Suite> suites, CommonOptions common, Terminal terminal)
    {
        var plans = suites.Select(suite => PlannedRun.PlanAll(suite, common)).ToList();
        var validated = new List<Validated>();
        var made = 0;
        for (var index = 0; index < suites.Count; index++)
            validated.Add(Run(suites[index], plans[index], common, terminal, ref made));
        var rows = validated.SelectMany(suite => suite.Rows).ToList();
        var summary = ValidationSummary.Of(rows);
        if (common.Json)
        {
            JsonOutput.Write(terminal, json => JsonOutput.Array(
                json, "rows",
                validated.SelectMany(suite => suite.Rows.Select(row => (suite.Suite.Name, row))),
                pair => ValidationJson.WriteRow(json, pair.Name, pair.row)));
        }
        else
        {
            var table = new ValidationTable(terminal.Output, TerminalColour.IsWanted);
            foreach (var suite in validated)
                table.Write(suite);
            terminal.Output.Write($"{summary}\n");
        }

        if (terminal.Interrupted.IsCancellationRequested)
        {
            var planned = plans.Sum(plan => plan.Count(run => run.Architecture is not null));
            terminal.Error.WriteLine(
                $"validate: interrupted; {made} of {planned} runs were made to their end");
        }

        return terminal.Interrupted.IsCancellationRequested ? ExitCodes.Interrupted
            : summary.FailedIdentities > 0 ? ExitCodes.CheckFailed
            : ExitCodes.Done;
    }

    private static Validated Run(
        Suite suite, IReadOnlyList<PlannedRun> plan, CommonOptions common, Terminal terminal,
        ref int runs)
    {
        var lacking = plan.Where(run => run.Lacking is not null)
            .ToDictionary(run => run.Run.Name, run => run.Lacking!);
        var made = new SuiteRunner($"validate {suite.Name}", plan, terminal, common.Quiet)
            .Make(common.Threads ?? Environment.ProcessorCount);
        runs += made.Count(outcome => outcome is { IsComplete: true });
        var measured = new SuiteMeasurements(plan, made);
        var rows = new RowJudge(suite, measured.Find, lacking).Judge();
        return new Validated(suite, [.. rows.Select(measured.WithSeen)]);
    }
}
