using System.Globalization;
using System.Text;

namespace Disguise.Host.Sweeps;

/// <summary>
/// <c>sweep.csv</c>: a header, then a line for each point, architecture and repeat, in that order
/// (RFC 4180, lines ended by a line feed). A number is written so that it reads back exactly; what
/// was not measured is an empty field. The columns are:
/// <list type="bullet">
/// <item><c>point</c>: number of the point, from 0</item>
/// <item>one column for each axis, headed by its key path: the value as the experiment writes it
/// </item>
/// <item><c>architecture</c>, <c>interface</c></item>
/// <item><c>repeat</c>: number of the repeat, from 0; <c>seed</c>: its seed</item>
/// <item><c>operations</c>, <c>operations_per_s</c>, <c>offered_per_s</c></item>
/// <item><c>latency_us_mean</c>, <c>_p50</c>, <c>_p90</c>, <c>_p99</c>, <c>_p999</c>,
/// <c>_max</c>: microseconds</item>
/// <item><c>cores_busy</c>: mean number of cores that did not idle</item>
/// <item><c>crossings_per_operation</c>: protection crossings, all kinds</item>
/// <item><c>violations</c>: what referees found; <c>not_served</c>: tenants refused</item>
/// <item><c>hash</c>: the run hash</item>
/// </list>
/// </summary>
internal static class SweepCsv
{
    private static readonly string[] Measured =
    [
        "operations", "operations_per_s", "offered_per_s", "latency_us_mean", "latency_us_p50",
        "latency_us_p90", "latency_us_p99", "latency_us_p999", "latency_us_max", "cores_busy",
        "crossings_per_operation", "violations", "not_served", "hash",
    ];

    public static byte[] Write(SweepPlan plan)
    {
        var text = new StringBuilder();
        Line(text,
        [
            "point", .. plan.Experiment.Sweep.Select(axis => axis.Path), "architecture",
            "interface", "repeat", "seed", .. Measured,
        ]);
        foreach (var cell in plan.Cells)
        {
            foreach (var row in cell.Rows)
                Line(text, Fields(cell.Point, row));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static IEnumerable<string> Fields(SweepPoint point, SweepRow row) =>
    [
        Text(row.Point), .. point.Settings.Select(setting => setting.Value), row.Architecture,
        row.Interface ?? "", Text(row.Repeat), Text(row.Seed), Text(row.Operations),
        Text(row.OperationsPerSecond), Text(row.OfferedPerSecond), Text(row.LatencyUs.Mean),
        Text(row.LatencyUs.P50), Text(row.LatencyUs.P90), Text(row.LatencyUs.P99),
        Text(row.LatencyUs.P999), Text(row.LatencyUs.Max), Text(row.CoresBusy),
        Text(row.CrossingsPerOperation), Text(row.Violations), Text(row.NotServed),
        row.Hash ?? "",
    ];

    private static void Line(StringBuilder text, IEnumerable<string> fields) =>
        text.AppendJoin(',', fields.Select(Quote)).Append('\n');

    private static string Quote(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"")}\"";

    private static string Text(IFormattable? value) =>
        value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
