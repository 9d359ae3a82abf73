using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.RunFolders;

namespace Disguise.Host.Plugins;

/// <summary>
/// The project that <c>init --plugin</c> writes: an architecture that builds and runs, to be
/// edited. Its texts are those of a sample, under the name of the folder.
/// </summary>
internal static class FirstPlugin
{
    private const string Sample = "sketch";
    private const string SampleFolder = "../../Host/bin/Release/net10.0";

    /// <summary>Writes it into a new folder; the files, by name.</summary>
    /// <exception cref="ExperimentError">The folder or its name will not do.</exception>
    public static IReadOnlyList<string> Write(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        if (!Address.IsName(name))
            throw new ExperimentError(folder, "is no name for an architecture", "[a-z][a-z0-9-]*");
        if (ExperimentCatalog.Default.Architectures.Contains(name))
        {
            throw new ExperimentError(
                folder, $"architecture {name} is there already", "a name of its own");
        }

        if (File.Exists(folder) || Directory.Exists(folder))
            throw new ExperimentError(folder, "is there already", "a name that is free");
        var type = TypeNameOf(name);
        (string Name, string Text)[] files =
        [
            ($"{type}.cs", TextOf("Sketch.cs")), ($"{type}.csproj", TextOf("Sketch.csproj")),
            ($"{name}.yaml", TextOf("sketch.yaml")),
        ];
        return Refusals.Watch($"cannot write {folder}", () =>
        {
            Directory.CreateDirectory(folder);
            foreach (var file in files)
                File.WriteAllText(Path.Combine(folder, file.Name), Named(file.Text, name, type));
            return (IReadOnlyList<string>)[.. files.Select(file => file.Name)];
        });
    }

    /// <summary>Words in capitals and small letters: <c>my-kernel</c> is <c>MyKernel</c>.</summary>
    private static string TypeNameOf(string name) => string.Concat(
        name.Split('-', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Named(string text, string name, string type) => text
        .Replace(SampleFolder, AppContext.BaseDirectory.Replace('\\', '/').TrimEnd('/'))
        .Replace("Sketch", type)
        .Replace(Sample, name);

    private static string TextOf(string file)
    {
        using var stream = typeof(FirstPlugin).Assembly.GetManifestResourceStream(
            $"samples/{Sample}/{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
