using System.Text.Json;

namespace Disguise.Host.Validation;

/// <summary>
/// Rows as JSON. A row for which the reference prints no value has neither <c>paper</c> nor
/// <c>ratio</c>; whatever else has no value is null.
/// </summary>
internal static class ValidationJson
{
    public static void WriteRow(Utf8JsonWriter json, string suite, RowOutcome outcome)
    {
        var row = outcome.Row;
        json.WriteString("suite", suite);
        json.WriteString("table", row.Table);
        json.WriteString("row", row.Row);
        json.WriteString("column", row.Column);
        json.WriteString("unit", row.Unit);
        json.WriteString("kind", row.Kind.ToString().ToLowerInvariant());
        if (row.Paper is { } paper)
            json.WriteNumber("paper", paper);
        Number(json, "emulated", outcome.Emulated);
        if (row.Paper is not null)
            Number(json, "ratio", outcome.Ratio);
        Number(json, "low", outcome.Low);
        Number(json, "high", outcome.High);
        json.WriteString("experiment", outcome.Experiment);
    }

    private static void Number(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }
}
