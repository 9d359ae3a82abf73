using System.Globalization;

namespace Disguise.Host.Experiments;

/// <summary>
/// A value from the command line that replaces one of the file, or adds one. It is applied to
/// the text's tree before anything is checked, so it is checked like the file.
/// </summary>
/// <param name="Path">The key path: <c>machines.server.tenants.echo.app.work</c>.</param>
/// <param name="Value">The value as YAML.</param>
/// <param name="Shown">The option as typed, for an error line.</param>
public sealed record Override(string Path, string Value, string Shown)
{
    /// <summary><c>--set path=value</c>.</summary>
    /// <exception cref="ExperimentError">There is no path, or no value.</exception>
    public static Override Set(string assignment)
    {
        var shown = $"--set {ExperimentError.Show(assignment)}";
        var equals = assignment.IndexOf('=');
        if (equals <= 0 || equals == assignment.Length - 1)
            throw new ExperimentError(shown, "no path and value", "path=value");
        return new Override(assignment[..equals].Trim(), assignment[(equals + 1)..].Trim(), shown);
    }

    /// <summary><c>--seed N</c>.</summary>
    public static Override Seed(ulong seed)
    {
        var text = seed.ToString(CultureInfo.InvariantCulture);
        return new Override("seed", text, $"--seed {text}");
    }

    /// <summary><c>--architecture a,b</c>.</summary>
    public static Override Architectures(string names)
    {
        var quoted = names.Split(',').Select(name => $"\"{name.Trim().Replace("\"", "")}\"");
        return new Override(
            "architecture",
            $"[{string.Join(", ", quoted)}]",
            $"--architecture {ExperimentError.Show(names)}"
        );
    }
}
