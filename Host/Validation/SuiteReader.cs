using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Keys;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Validation;

/// <summary>
/// Reads a suite's file: YAML 1.2 with <c>suite</c>, <c>title</c>, <c>profiles</c>,
/// <c>tolerance</c>, <c>runs</c> by name, and <c>tables</c> with their rows. A table may give
/// kind, unit, mechanism and reason for all its rows. A mistake is one line.
/// </summary>
public static class SuiteReader
{
    /// <summary>Reads a text as if it stood in a file.</summary>
    /// <exception cref="ExperimentError">Something in it is wrong.</exception>
    public static Suite Read(string file, string text)
    {
        if (SourceReader.ReadFile(file, text) is not SourceMapping tree)
        {
            throw new ExperimentError(
                $"{file}:1", "the suite is no mapping", SuiteKeys.Root.Allowed);
        }

        var values = SuiteKeys.Root.Read(tree, "", new ReadingState());
        var profiles = ReadProfiles(values);
        var runs = values.Get<SourceMapping>("runs").Entries
            .Select(entry => ReadRun(entry.Key, entry.Value, profiles))
            .ToList();
        var rows = new List<SuiteRow>();
        foreach (var table in values.List<SectionValues>("tables"))
        {
            foreach (var row in table.List<SectionValues>("rows"))
                rows.Add(new RowReader(table, row, runs).Read());
        }

        return new Suite
        {
            Name = values.Get<string>("suite"),
            Title = values.Get<string>("title"),
            Profiles = profiles,
            Tolerances = ReadTolerances(values.Section("tolerance", SuiteKeys.Tolerance)),
            Runs = runs,
            Rows = rows,
        };
    }

    private static SortedDictionary<string, string> ReadProfiles(SectionValues values)
    {
        var profiles = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in values.Get<SourceMapping>("profiles").Entries)
            profiles.Add(key.Text, ((SourceScalar)value).Text);
        return profiles;
    }

    private static Tolerances ReadTolerances(SectionValues tolerance)
    {
        double Number(string key) => (double)tolerance.Get<decimal>(key);
        return new Tolerances(
            Number("identity"), Number("absolute"), Number("ratio"), Number("band"));
    }

    private static SuiteRun ReadRun(
        SourceScalar name, SourceNode node, SortedDictionary<string, string> profiles)
    {
        var path = $"runs.{name.Text}";
        if (!IsRunName(name.Text))
        {
            throw name.Position.Error(
                $"{path} is no name of a run", "small letters, digits and _, a letter first");
        }

        var run = SuiteKeys.Run.Read(node, path, new ReadingState());
        var architecture = run.Get<string>("architecture");
        if (!profiles.TryGetValue(architecture, out var profile))
        {
            throw run.Error(
                "architecture", $"{ExperimentError.Show(architecture)} has no profile here",
                string.Join(", ", profiles.Keys));
        }

        var settings = new List<Override>
        {
            new("profile", profile, $"{path}: profile {profile}"),
            Override.Architectures(architecture),
        };
        foreach (var (key, value) in run.Find<SourceMapping>("set")?.Entries ?? [])
        {
            var text = ((SourceScalar)value).Text;
            settings.Add(new Override(key.Text, text, $"{path}: {key.Text}={text}"));
        }

        return new SuiteRun(
            name.Text, run.Get<string>("experiment"), architecture, settings);
    }

    private static bool IsRunName(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterLower(text[0])
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)
            || letter == '_');
}
