using System.Runtime.CompilerServices;
using Disguise.Actors.Ledgers;

namespace Disguise.Kernels.Profiles;

/// <summary>The profiles that come with the emulator: files embedded in this library.</summary>
public static class ProfileCatalog
{
    private const string Extension = ".profile";

    /// <summary>Their names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names
    {
        get
        {
            var names = new List<string>();
            foreach (var resource in typeof(ProfileCatalog).Assembly.GetManifestResourceNames())
            {
                if (resource.EndsWith(Extension, StringComparison.Ordinal))
                    names.Add(resource[..^Extension.Length]);
            }

            names.Sort(string.CompareOrdinal);
            return names;
        }
    }

    /// <summary>
    /// Reads a profile that comes with the emulator; overrides are values by name of cost. What
    /// was measured on the platform holds there. Throws <see cref="ArgumentException"/>, one
    /// line, when there is none of that name.
    /// </summary>
    public static Profile Load(
        string name, IReadOnlyDictionary<string, string>? overrides = null,
        string? platform = null)
    {
        using var stream = typeof(ProfileCatalog).Assembly
            .GetManifestResourceStream(name + Extension)
            ?? throw new ArgumentException(
                $"no profile {name}; there are {string.Join(", ", Names)}");
        using var reader = new StreamReader(stream);
        return Parse(name, reader.ReadToEnd(), overrides, platform);
    }

    /// <summary>
    /// Reads a profile file. Throws <see cref="CostFileException"/>, one line with file and line
    /// number, for any mistake.
    /// </summary>
    public static Profile Parse(
        string name, string text, IReadOnlyDictionary<string, string>? overrides = null,
        string? platform = null)
    {
        // The keys that a file may name are those that are defined.
        RuntimeHelpers.RunClassConstructor(typeof(ProfileCosts).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(SharedStackCosts).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(LocalCommunicationCosts).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(CoreStateCosts).TypeHandle);
        RuntimeHelpers.RunClassConstructor(typeof(ExokernelCosts).TypeHandle);
        var costs = CostFile.Parse(
            name + Extension, text, CostSource.Profile, ["description", .. TimeSlices.Headers]);
        if (platform is not null)
            costs.Take(platform);
        costs.Override(overrides);
        return new Profile(name, costs.Header("description").Text ?? "", costs.Costs)
        {
            Slices = TimeSlices.Read(costs, name + Extension),
        };
    }
}
