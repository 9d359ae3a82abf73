using Xunit;

namespace Disguise.Host.Tests;

/// <summary>
/// Holds a text against a golden file. A difference writes the new text beside the test's binary
/// as <c>NAME.actual.txt</c>: look at it, and copy it over the golden file if it is right.
/// </summary>
internal static class Golden
{
    public static void Check(string folder, string name, string actual)
    {
        var path = Path.Combine(AppContext.BaseDirectory, folder, $"{name}.golden.txt");
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected != actual)
        {
            var actualPath = Path.Combine(AppContext.BaseDirectory, folder, $"{name}.actual.txt");
            Directory.CreateDirectory(Path.GetDirectoryName(actualPath)!);
            File.WriteAllText(actualPath, actual);
        }

        Assert.Equal(expected, actual);
    }
}
