using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Disguise.Host.Results;

/// <summary>
/// The result as JSON, exactly as the contract writes it. The serialiser is generated at build
/// time, so that a short run does not pay for reflection.
/// </summary>
public static class ResultJson
{
    private static readonly ResultJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",

        // The document is a file of its own, never part of a page: `<` and `'` stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Writes the result as indented UTF-8 with a final line feed.</summary>
    public static byte[] ToUtf8Bytes(ExperimentResult result)
    {
        using var buffer = new MemoryStream();
        Write(buffer, result);
        return buffer.ToArray();
    }

    /// <summary>Writes the result to a stream, such as standard output for <c>--json</c>.</summary>
    public static void Write(Stream stream, ExperimentResult result)
    {
        JsonSerializer.Serialize(stream, result, Context.ExperimentResult);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads a result back.</summary>
    /// <exception cref="JsonException">The bytes are no result.</exception>
    public static ExperimentResult Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize(utf8, Context.ExperimentResult)
            ?? throw new JsonException("the document is null");

    /// <summary>The result as a tree, for lookups by path.</summary>
    internal static JsonElement ToTree(ExperimentResult result) =>
        JsonSerializer.SerializeToElement(result, Context.ExperimentResult);
}

/// <summary>The serialiser that the build generates for the result's records.</summary>
[JsonSerializable(typeof(ExperimentResult))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
