using System.Runtime.CompilerServices;

namespace Disguise.Tests.Shared;

/// <summary>
/// A fact that needs programs which we did not write. Where one is missing the test is skipped,
/// and its name says for want of which; <c>build/test</c> installs them and fails on a skipped
/// test.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresProgramFactAttribute : FactAttribute
{
    /// <summary>Skips the test unless every one of the programs is on the search path.</summary>
    /// <param name="programs">One, or several parted by spaces: <c>lspci tshark</c>.</param>
    /// <param name="test">The compiler puts the name of the test here.</param>
    public RequiresProgramFactAttribute(string programs, [CallerMemberName] string test = "")
    {
        var missing = programs.Split(' ').Where(program => !IsInstalled(program)).ToArray();
        if (missing.Length > 0)
        {
            Skip = "needs " + string.Join(" and ", missing);
            DisplayName = $"{test} ({Skip})";
        }
    }

    private static bool IsInstalled(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Any(folder =>
            File.Exists(Path.Combine(folder, program))
            || File.Exists(Path.Combine(folder, program + ".exe")));
    }
}
