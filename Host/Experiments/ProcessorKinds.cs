namespace Disguise.Host.Experiments;

/// <summary>The applications that are about processor time. No client loads them.</summary>
internal static class ProcessorKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ApplicationKind> All { get; } = [Counter(), Stride()];

    private static ApplicationKind Counter() =>
        new(
            "counter",
            false,
            "computes without end and counts what it got done",
            [
                new("work", SettingType.Time, "processor time of one operation")
                {
                    Default = "100us",
                    Minimum = 1_000,
                    Maximum = 60_000_000_000_000,
                },
                new(
                    "slices", SettingType.Choice,
                    "whether it keeps its time slices or leaves them to a scheduler")
                {
                    Default = "keep",
                    Choices = ["keep", "give-back"],
                },
            ]
        );

    private static ApplicationKind Stride() =>
        new(
            "stride",
            false,
            "schedules environments of its core that gave their slices back",
            [
                new("shares", SettingType.Text, "tickets of each, such as 3:2:1")
                {
                    Required = true,
                },
            ]
        );
}
