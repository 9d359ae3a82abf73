using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Disguise.Host.Experiments;

namespace Disguise.Host.Sweeps;

/// <summary>
/// What must be equal for the rows of an interrupted sweep to be those of this one: the
/// experiment as it is run, the files that it names, and the program.
/// </summary>
internal static class SweepIdentity
{
    private const string LibraryPrefix = "Disguise.";

    public static string Of(Experiment experiment, SweepPlan plan)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(digest, experiment.EffectiveYaml);
        foreach (var cell in plan.Cells)
            Add(digest, string.Create(
                CultureInfo.InvariantCulture, $"{cell.Point.Number} {cell.Architecture}"));
        foreach (var path in FilesOf(experiment))
        {
            Add(digest, path);
            if (File.Exists(path))
                digest.AppendData(SHA256.HashData(File.ReadAllBytes(path)));
        }

        foreach (var library in Libraries())
        {
            Add(digest, library.FullName ?? "");
            digest.AppendData(library.ManifestModule.ModuleVersionId.ToByteArray());
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    /// <summary>Files that an experiment takes values from, beside its own.</summary>
    private static IEnumerable<string> FilesOf(Experiment experiment) =>
        experiment.Clients
            .Select(group => group.Application)
            .Where(application => application.Has("file"))
            .Select(application => experiment.BesideFile(application.Text("file")))
            .Append(PlatformFiles.PathOf(experiment.Platform, experiment.File))
            .OfType<string>();

    private static IEnumerable<Assembly> Libraries()
    {
        var own = typeof(SweepIdentity).Assembly;
        return own.GetReferencedAssemblies()
            .Where(name => name.Name?.StartsWith(LibraryPrefix, StringComparison.Ordinal) == true)
            .OrderBy(name => name.Name, StringComparer.Ordinal)
            .Select(Assembly.Load)
            .Append(own);
    }

    private static void Add(IncrementalHash digest, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        digest.AppendData(BitConverter.GetBytes(bytes.Length));
        digest.AppendData(bytes);
    }
}
