using Disguise.Host.Commands;
using Disguise.Host.Results;
using Disguise.Host.Touring;

namespace Disguise.Host.Verbs;

/// <summary>
/// <c>tour</c>: the essay's claims one by one, each run and shown. A claim whose expectations fail
/// is shown as failed, and the exit code is 1.
/// </summary>
internal static class TourVerb
{
    public static int Tour(TourOptions options, Terminal terminal)
    {
        var common = options.Common;
        var claims = ClaimCatalog.Of(options.Claims);
        var runner = new ClaimRunner(common, terminal);
        var read = claims.Where(claim => claim.Experiment is not null)
            .ToDictionary(claim => claim.Number, runner.Read);
        var shown = new List<ShownClaim>();
        foreach (var claim in claims)
        {
            if (terminal.Interrupted.IsCancellationRequested)
                break;
            shown.Add(read.TryGetValue(claim.Number, out var experiment)
                ? runner.Run(claim, experiment)
                : new ShownClaim(claim, null, null, []));
        }

        if (terminal.Interrupted.IsCancellationRequested)
        {
            // Of the last one there is a part, which proves nothing.
            shown.RemoveRange(Math.Max(0, shown.Count - 1), Math.Min(1, shown.Count));
            terminal.Error.WriteLine(
                $"tour: interrupted; {shown.Count} of {claims.Count} claims are done");
        }

        if (common.Json)
        {
            JsonOutput.Write(terminal, json =>
                JsonOutput.Array(json, "claims", shown, claim => TourJson.WriteClaim(json, claim)));
        }
        else
        {
            new TourTable(terminal.Output, TerminalColour.IsWanted).Write(shown);
        }

        return terminal.Interrupted.IsCancellationRequested ? ExitCodes.Interrupted
            : shown.Exists(claim => claim.Holds == false) ? ExitCodes.CheckFailed
            : ExitCodes.Done;
    }
}
