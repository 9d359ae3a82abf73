using System.Runtime.CompilerServices;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;

namespace Disguise.Hardware.Platforms;

/// <summary>The platforms that come with the emulator: files embedded in this library.</summary>
public static class PlatformCatalog
{
    private const string Extension = ".platform";

    /// <summary>Their names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names
    {
        get
        {
            var names = new List<string>();
            foreach (var resource in typeof(PlatformCatalog).Assembly.GetManifestResourceNames())
            {
                if (resource.EndsWith(Extension, StringComparison.Ordinal))
                    names.Add(resource[..^Extension.Length]);
            }

            names.Sort(string.CompareOrdinal);
            return names;
        }
    }

    /// <summary>
    /// The text of a platform's file. Throws <see cref="ArgumentException"/>, one line with the
    /// names that there are, when there is none.
    /// </summary>
    public static string TextOf(string name)
    {
        using var stream = typeof(PlatformCatalog).Assembly
            .GetManifestResourceStream(name + Extension)
            ?? throw new ArgumentException(
                $"no platform {name}; there are {string.Join(", ", Names)}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>
    /// Reads a platform that comes with the emulator; overrides are values by name of cost.
    /// </summary>
    public static Platform Load(
        string name, IReadOnlyDictionary<string, string>? overrides = null) =>
        Parse(name, TextOf(name), overrides);

    /// <summary>
    /// Reads a platform file. Throws <see cref="CostFileException"/>, one line with file and line
    /// number, for any mistake.
    /// </summary>
    public static Platform Parse(
        string name, string text, IReadOnlyDictionary<string, string>? overrides = null)
    {
        // The keys that a file may name are those that are defined.
        RuntimeHelpers.RunClassConstructor(typeof(HardwareCosts).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(DeviceCosts).TypeHandle);
        return new PlatformParser(name, name + Extension).Parse(text, overrides);
    }
}
