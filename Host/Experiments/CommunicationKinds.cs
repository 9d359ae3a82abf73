namespace Disguise.Host.Experiments;

/// <summary>
/// Applications that measure calls and communication between two programs (Engler, Kaashoek and
/// O'Toole, SOSP 1995, Tables 4 to 6, 8 and 12).
/// </summary>
internal static class CommunicationKinds
{
    /// <summary>The kind of two programs that send each other messages.</summary>
    public const string IpcBenchName = "ipc-bench";

    /// <summary>The kind of a program that measures ways into its kernel.</summary>
    public const string CallBenchName = "call-bench";

    /// <summary>Operations of the former whose messages have a length.</summary>
    public static IReadOnlyList<string> ByPipe { get; } =
        ["pipe", "pipe-inlined", "pipe-protected"];

    /// <summary>What a program measures, if it is one of these; else null.</summary>
    public static string? OperationOf(ApplicationSettings application) =>
        application.Kind is IpcBenchName or CallBenchName
            ? application.Get<string>("operation") : null;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ApplicationKind> All { get; } =
        [CallBench(), IpcBench()];

    private static ApplicationKind CallBench() =>
        new(
            CallBenchName,
            false,
            "measures one way into the kernel, or out of it, again and again",
            [
                Choice(
                    "operation", "what is measured", "null-call", "null-call-stack", "exception",
                    "transfer"),
                Choice("exception", "which", "prot", "unalign", "overflow", "coproc"),
                Choice("role", "who is entered by a transfer answers", "caller", "answerer"),
            ]
        );

    private static ApplicationKind IpcBench() =>
        new(
            IpcBenchName,
            false,
            "sends messages to the answerer of its machine, or is that answerer",
            [
                Choice(
                    "operation", "by which they talk",
                    [.. ByPipe, "shared-memory", "lrpc", "trusted-lrpc"]),
                Choice("role", "which of the two it is", "caller", "answerer"),
                new("rounds", SettingType.Integer, "round trips; 0 for without end")
                {
                    Default = "0",
                },
                new("bytes", SettingType.Integer, "of a message by pipe; left out: 4")
                {
                    Minimum = 1,
                    Maximum = LibOS.Applications.IpcBench.MessageLimitBytes,
                },
            ]
        );

    private static ApplicationSetting Choice(
        string name, string description, params string[] choices) =>
        new(name, SettingType.Choice, description) { Default = choices[0], Choices = choices };
}
