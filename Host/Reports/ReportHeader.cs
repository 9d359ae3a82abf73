using System.Globalization;
using Disguise.Host.Results;

namespace Disguise.Host.Reports;

/// <summary>What was run, how, and how to run it again.</summary>
internal static class ReportHeader
{
    public static void Write(ReportPage page, ExperimentResult result)
    {
        var html = page.Html;
        html.Open("header");
        html.Element("h1", result.Experiment);
        html.Element("p", Summary(result), ("class", "lead"));
        html.Open("dl");
        Entry(html, "status", result.Status);
        Entry(html, "seed", result.Seed.ToString(CultureInfo.InvariantCulture));
        Entry(html, "program", $"Disguise {Short(result.Version)}");
        Entry(html, "platform", Each(result, run => run.Platform));
        Entry(html, "profile", Each(result, run => run.Profile ?? "none"));
        Entry(html, "interface", Each(result, run => run.Interface));
        Entry(html, "wait", Each(result, run => run.Wait));
        Entry(html, "tenants", ResultText.Number(result.Tenants));
        Entry(html, "virtual time", $"{ResultText.Number(result.VirtualSeconds * 1000)} ms");
        Entry(
            html,
            "wall time",
            $"{ResultText.Number(result.WallSeconds)} s, "
                + $"{ResultText.Number(result.Events)} events");
        Entry(
            html,
            "processes",
            $"{ResultText.Number(result.Nodes)} × {ResultText.Number(result.Threads)} threads, "
                + $"{ResultText.Number(result.Islands)} islands");
        html.Close("dl");
        html.Open("p", ("class", "rerun"));
        html.Element("code", result.Rerun);
        html.Close("p");
        html.Open("p", ("class", "hash")).Text("hash ");
        html.Element("code", result.Hash ?? "none");
        html.Close("p");
        html.Close("header");
    }

    private static string Summary(ExperimentResult result)
    {
        var parts = result.Runs
            .Where(run => run.OperationsPerSecond is not null)
            .Select(run => $"{run.Architecture} {ResultText.Number(run.OperationsPerSecond)} "
                + $"operations/s at a median of {ResultText.Number(run.LatencyUs.P50)} us");
        var text = string.Join("; ", parts);
        return text.Length == 0 ? "No operation completed." : text + ".";
    }

    /// <summary>The version with eight digits of its commit; the result has them all.</summary>
    private static string Short(string version)
    {
        const int CommitDigits = 8;
        var plus = version.IndexOf('+');
        return plus < 0 ? version : version[..Math.Min(version.Length, plus + 1 + CommitDigits)];
    }

    private static string Each(ExperimentResult result, Func<RunResult, string?> text) =>
        ResultText.Shared(result.Runs.Select(text)) ?? string.Join(", ", result.Runs.Select(
            run => $"{text(run) ?? "none"} ({run.Architecture})"));

    private static void Entry(HtmlWriter html, string term, string description)
    {
        html.Open("div");
        html.Element("dt", term);
        html.Element("dd", ReportPage.Dash(description));
        html.Close("div");
    }
}
