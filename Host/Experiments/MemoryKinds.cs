using Disguise.LibOS.VirtualMemory.Replacement;

namespace Disguise.Host.Experiments;

/// <summary>
/// The applications that are about virtual memory. They talk to nobody, so no client loads them:
/// they measure themselves.
/// </summary>
internal static class MemoryKinds
{
    private const decimal MostPages = 16_384;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ApplicationKind> All { get; } =
        [MemoryBench(), ForkBench(), MatrixMultiply(), PageScan()];

    private static ApplicationKind MemoryBench() =>
        new(
            "memory-bench",
            false,
            "measures one operation of virtual memory again and again",
            [
                new("operation", SettingType.Choice, "what is measured")
                {
                    Default = "trap",
                    Choices =
                    [
                        "dirty", "trap", "prot1", "prot100", "unprot100", "appel1", "appel2",
                    ],
                },
                Pages("pages of the range", "100") with { Minimum = 2 },
                Rounds(),
                .. Settings("1024"),
            ]
        );

    private static ApplicationKind ForkBench() =>
        new(
            "fork-bench",
            false,
            "forks again and again; parent and child write, and check what each of them finds",
            [
                new("operation", SettingType.Choice, "what is measured")
                {
                    Default = "fork",
                    Choices = ["fork", "first-write", "child-write"],
                },
                Pages("pages that are shared copy-on-write", "100") with { Minimum = 2 },
                Rounds(),
                .. Settings("1024"),
            ]
        )
        {
            Forks = true,
        };

    private static ApplicationKind MatrixMultiply() =>
        new(
            "matrix-multiply",
            false,
            "multiplies matrices of integers in its virtual memory",
            [
                new("size", SettingType.Integer, "rows and columns")
                {
                    Default = "150",
                    Minimum = 1,
                    Maximum = 1_000,
                },
                new(
                    "instructions", SettingType.Integer,
                    "instructions of one multiplication and addition")
                {
                    Default = "23",
                    Minimum = 1,
                    Maximum = 1_000_000,
                },
                Rounds(),
            ]
        );

    private static ApplicationKind PageScan() =>
        new(
            "page-scan",
            false,
            "passes over more data than its memory holds, again and again",
            [Pages("pages of data", "128"), .. Settings("96", "own")]
        );

    private static ApplicationSetting Pages(string description, string pages) =>
        new("pages", SettingType.Integer, description)
        {
            Default = pages,
            Minimum = 1,
            Maximum = MostPages,
        };

    private static ApplicationSetting Rounds() =>
        new("rounds", SettingType.Integer, "times that it does so; 0 for without end")
        {
            Default = "0",
        };

    /// <summary>Settings of virtual memory; a program may have a policy of its own beside those
    /// that come with the library.</summary>
    private static IReadOnlyList<ApplicationSetting> Settings(
        string frames, params string[] ownPolicies) =>
    [
        new("frames", SettingType.Integer, "most frames that it has at a time")
        {
            Default = frames,
            Minimum = 1,
            Maximum = MostPages,
        },
        new("page-table", SettingType.Choice, "page table, where its library is its own")
        {
            Default = "linear",
            Choices = ["linear", "inverted"],
        },
        new("policy", SettingType.Choice, "page replacement, where its library is its own")
        {
            Default = "lru",
            Choices = [.. ReplacementPolicies.Names, .. ownPolicies],
        },
        new("store-latency", SettingType.Time, "of its backing store, where that is its own")
        {
            Default = "100us",
            Maximum = 60_000_000_000_000,
        },
    ];
}
