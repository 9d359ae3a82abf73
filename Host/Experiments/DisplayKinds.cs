using Disguise.Hardware.Display;

namespace Disguise.Host.Experiments;

/// <summary>The applications that draw on their machine's display. No client loads them.</summary>
internal static class DisplayKinds
{
    /// <summary>The kind that draws squares.</summary>
    public const string Draw = "draw";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ApplicationKind> All { get; } =
    [
        new(
            Draw,
            false,
            "draws squares into a window of its own, each an operation",
            [
                Pixels("width", "pixels across its window", "64"),
                Pixels("height", "rows of its window", "48"),
                Pixels("square", "pixels of a square's side", "8"),
                new("work", SettingType.Time, "processor time spent on each square")
                {
                    Default = "0us",
                    Maximum = 60_000_000_000_000,
                },
            ]
        ),
    ];

    private static ApplicationSetting Pixels(string name, string meaning, string otherwise) =>
        new(name, SettingType.Integer, meaning)
        {
            Default = otherwise,
            Minimum = 1,
            Maximum = name == "square" ? 1_024 : DisplayOptions.MostPixelsAcross,
        };
}
