using Disguise.Host.Reports;
using Disguise.Host.Results;

namespace Disguise.Host.Ablations;

/// <summary>The page of an ablation or a crossover.</summary>
internal static class AblationReport
{
    public static string Render(
        ExperimentResult result, string from, string to, string experimentYaml,
        IReadOnlyList<(string Term, string Description)> facts)
    {
        return Report.Document($"{result.Experiment}, {from} to {to}", page =>
        {
            new StudyHeader(
                $"{result.Experiment}: from {from} to {to}",
                result.Crossover is not null
                    ? "Which primitive must move, and how far, before the two trade places."
                    : result.Ablation is not null
                        ? "What each mechanism is worth, over all orders of removal."
                        : "Interrupted: not all runs that an answer takes were made.",
                facts, result.Rerun, result.Hash).Write(page);
            if (result.Ablation is not null)
                WriteAblation(page, result.Ablation);
            if (result.Crossover is not null)
                WriteCrossover(page, result.Crossover);
            page.Section("The experiment, and how to repeat it", () =>
            {
                page.Html.Element("pre", experimentYaml.TrimEnd(), ("tabindex", "0"));
                page.Html.Element("pre", result.Rerun, ("tabindex", "0"));
            });
        });
    }

    private static void WriteAblation(ReportPage page, AblationResult ablation) =>
        page.Section("From one to the other", () =>
        {
            page.Html.Open("div", ("class", "figures"));
            page.Figure(
                "Mean latency (us): each mechanism takes its mean worth away.",
                () => Draw(page, ablation, "Latency in microseconds", values =>
                    values.LatencyPs / 1e6, worth => -worth.LatencyPs.Mean / 1e6,
                    -ablation.Rest.LatencyPs / 1e6));
            page.Figure(
                "Operations a second: each mechanism's removal adds its mean worth.",
                () => Draw(page, ablation, "Operations a second", values =>
                    values.OperationsPerSecond, worth => worth.OperationsPerSecond.Mean,
                    ablation.Rest.OperationsPerSecond));
            page.Html.Close("div");
            Table(page, ablation);
            page.Table("Costs on the first side's path.", ["mechanism", "what for", "costs"], () =>
            {
                foreach (var mechanism in ablation.Mechanisms)
                    Costs(page, mechanism.Name, mechanism.Meaning, mechanism.Costs);
                Costs(
                    page, "the rest", "what differs once all mechanisms cost nothing",
                    ablation.RestCosts);
            });
        });

    private static void Costs(
        ReportPage page, string name, string meaning, IReadOnlyList<string> costs)
    {
        page.Html.Open("tr");
        page.Html.Element("th", name, ("scope", "row"));
        page.Html.Element("td", meaning, ("class", "words"));
        page.Html.Element(
            "td", costs.Count == 0 ? "none on this path" : string.Join(", ", costs),
            ("class", "source"));
        page.Html.Close("tr");
    }

    private static void Draw(
        ReportPage page, AblationResult ablation, string title,
        Func<AblationValues, double> value, Func<MechanismWorth, double> change, double rest)
    {
        var steps = new List<WaterfallStep>();
        var at = 0.0;
        void Total(string label, AblationValues values)
        {
            at = value(values);
            steps.Add(new WaterfallStep(label, 0, at, true, ChartScale.Compact(Short(at))));
        }

        void Step(string label, double by)
        {
            var sign = by > 0 ? "+" : "";
            steps.Add(new WaterfallStep(
                label, at, at + by, false, sign + ChartScale.Compact(Short(by))));
            at += by;
        }

        Total(ablation.FromName, ablation.From);
        foreach (var mechanism in ablation.Mechanisms)
            Step(mechanism.Name, change(mechanism));
        Total("all removed", ablation.AllRemoved);
        Step("the rest", rest);
        Total(ablation.ToName, ablation.To);
        WaterfallChart.Draw(page.Html, title, "The table below has the numbers.", steps);
    }

    /// <summary>As many digits as a label has place for.</summary>
    private static double Short(double value) =>
        Math.Abs(value) >= 100 ? Math.Round(value) : Math.Round(value, 3);

    private static void Table(ReportPage page, AblationResult ablation) => page.Table(
        $"Mean, least and greatest worth over all {ablation.Orders} orders of removal.",
        ["", "#latency (ns)", "#least", "#greatest", "#operations/s", "#least", "#greatest"],
        () =>
        {
            Row(page, ablation.FromName, ablation.From);
            foreach (var mechanism in ablation.Mechanisms)
            {
                var (latency, rate) = (mechanism.LatencyPs, mechanism.OperationsPerSecond);
                page.Html.Open("tr");
                page.Html.Element("th", mechanism.Name, ("scope", "row"), ("class", "in2"));
                Cells(
                    page, -latency.Mean / 1e3, -latency.Least / 1e3, -latency.Greatest / 1e3,
                    rate.Mean, rate.Least, rate.Greatest);
                page.Html.Close("tr");
            }

            Row(page, "all removed", ablation.AllRemoved);
            page.Html.Open("tr");
            page.Html.Element("th", "the rest", ("scope", "row"), ("class", "in2"));
            Cells(
                page, -ablation.Rest.LatencyPs / 1e3, null, null,
                ablation.Rest.OperationsPerSecond, null, null);
            page.Html.Close("tr");
            Row(page, ablation.ToName, ablation.To);
        });

    private static void Row(ReportPage page, string label, AblationValues values)
    {
        page.Html.Open("tr");
        page.Html.Element("th", label, ("scope", "row"));
        Cells(
            page, values.LatencyPs / 1e3, null, null, values.OperationsPerSecond, null, null);
        page.Html.Close("tr");
    }

    private static void Cells(ReportPage page, params IReadOnlyList<double?> numbers)
    {
        foreach (var number in numbers)
        {
            var text = number is null ? "" : ResultText.Number(number);
            page.Html.Element("td", text, ("class", "number"));
        }
    }

    private static void WriteCrossover(ReportPage page, CrossoverResult crossover) =>
        page.Section("What must move, and how far", () => page.Table(
            $"Factors from 0 to {ResultText.Number(crossover.GreatestFactor)} at which "
                + $"{crossover.FromName} and {crossover.ToName} trade places in operations/s.",
            ["cost", "source", "#now (ns)", "#from, an operation", "#to, an operation",
                "factor"],
            () =>
            {
                foreach (var row in crossover.Rows)
                {
                    page.Html.Open("tr");
                    page.Html.Element("th", row.Cost, ("scope", "row"));
                    page.Html.Element("td", row.Source);
                    Cells(page, row.CostPs / 1e3, row.FromPerOperation, row.ToPerOperation);
                    page.Html.Element("td", CrossoverTable.FactorOf(row));
                    page.Html.Close("tr");
                }
            }));
}
