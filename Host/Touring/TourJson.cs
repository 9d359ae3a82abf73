using System.Text.Json;
using Disguise.Host.Results;

namespace Disguise.Host.Touring;

/// <summary>
/// A claim as JSON: number, words, experiment, whether it holds (null where it was not shown or
/// not checked whole), report, and the result as in <c>result.json</c>.
/// </summary>
internal static class TourJson
{
    public static void WriteClaim(Utf8JsonWriter json, ShownClaim shown)
    {
        json.WriteNumber("number", shown.Claim.Number);
        json.WriteString("claim", shown.Claim.Text);
        json.WriteString("experiment", shown.Claim.Experiment);
        if (shown.Holds is { } holds)
            json.WriteBoolean("holds", holds);
        else
            json.WriteNull("holds");
        json.WriteString("report", shown.ReportPath);
        json.WritePropertyName("result");
        if (shown.Result is { } result)
            ResultJson.ToTree(result).WriteTo(json);
        else
            json.WriteNullValue();
    }
}
