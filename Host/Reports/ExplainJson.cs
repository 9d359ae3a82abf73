using System.Text.Json;
using System.Text.Json.Serialization;

namespace Disguise.Host.Reports;

/// <summary>
/// Explained requests as JSON: <c>{ "requests": [ { "architecture", "client", "request_number",
/// "start_ps", "end_ps", "latency_ps", "steps": [ { "start_ps", "duration_ps", "who", "what",
/// "kind", "on_critical_path", "count" } ], "crossings": [ { "time_ps", "kind", "from", "to",
/// "is_protection" } ] } ] }</c>; times in picoseconds of virtual time.
/// </summary>
public static class ExplainJson
{
    private static readonly ExplainJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
    });

    /// <summary>Writes the requests as indented UTF-8 with a final line feed.</summary>
    public static void Write(Stream stream, IReadOnlyList<ExplainedRequest> requests)
    {
        var document = new ExplainDocument(requests);
        JsonSerializer.Serialize(stream, document, Context.ExplainDocument);
        stream.WriteByte((byte)'\n');
    }
}

internal sealed record ExplainDocument(IReadOnlyList<ExplainedRequest> Requests);

[JsonSerializable(typeof(ExplainDocument))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class ExplainJsonContext : JsonSerializerContext;
