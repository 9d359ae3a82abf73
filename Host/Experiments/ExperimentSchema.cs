using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disguise.Host.Experiments.Keys;

namespace Disguise.Host.Experiments;

/// <summary>
/// The JSON schema (draft 2020-12) of an experiment file, for editors: made from the table of keys
/// that the reader uses. What fits together only in a whole file is the reader's to check.
/// </summary>
public static class ExperimentSchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as indented JSON.</summary>
    /// <param name="catalog">The names that a file may use; null for those of this program.</param>
    public static string Write(ExperimentCatalog? catalog = null)
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Disguise experiment",
        };
        var root = new KeyTable(catalog ?? ExperimentCatalog.Default).Root.Schema();
        foreach (var (key, value) in root.ToList())
        {
            root.Remove(key);
            schema[key] = value;
        }

        return schema.ToJsonString(Options);
    }
}
