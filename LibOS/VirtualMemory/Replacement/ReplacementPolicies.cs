using Disguise.Kernels.Abstractions.Memory;

namespace Disguise.LibOS.VirtualMemory.Replacement;

/// <summary>The policies that come with the library, by name.</summary>
public static class ReplacementPolicies
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["clock", "lru", "mru"];

    /// <summary>Makes one; throws for a name that is none.</summary>
    public static IReplacementPolicy Make(string name) => name switch
    {
        "clock" => new SecondChance(),
        "lru" => new LeastRecentlyUsed(),
        "mru" => new MostRecentlyUsed(),
        _ => throw new InvalidOperationException($"no page-replacement policy {name}"),
    };
}
