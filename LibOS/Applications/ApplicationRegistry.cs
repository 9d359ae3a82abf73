using Disguise.Actors.Time;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.ExOS.Stride;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.Applications;

/// <summary>The applications that tenants can run, by the kind that an experiment names.</summary>
public static class ApplicationRegistry
{
    private static readonly SortedDictionary<string, Func<ApplicationParameters, IApplication>>
        Makers = new(StringComparer.Ordinal)
        {
            ["call-bench"] = parameters => new CallBench(
                ChoiceOf<CallOperation>(parameters.TextOf("operation", "null-call")),
                ChoiceOf<ProgramExceptionKind>(parameters.TextOf("exception", "prot")),
                parameters.TextOf("role", "caller") == "answerer"),
            ["counter"] = parameters => new Counter(
                parameters.NumberOf("work", 100 * Picoseconds.PerMicrosecond),
                parameters.TextOf("slices", "keep") == "give-back"),
            ["draw"] = parameters => new Draw(
                checked((int)parameters.NumberOf("width", 64)),
                checked((int)parameters.NumberOf("height", 48)),
                checked((int)parameters.NumberOf("square", 8)), parameters.NumberOf("work", 0)),
            ["fork-bench"] = parameters => new ForkBench(
                ChoiceOf<ForkOperation>(parameters.TextOf("operation", "fork")),
                checked((int)parameters.NumberOf("pages", 100)),
                parameters.NumberOf("rounds", 0), MemoryOf(parameters)),
            ["ipc-bench"] = parameters => new IpcBench(
                ChoiceOf<CommunicationKind>(parameters.TextOf("operation", "pipe")),
                parameters.TextOf("role", "caller") == "answerer",
                parameters.NumberOf("rounds", 0),
                checked((int)parameters.NumberOf("bytes", sizeof(uint)))),
            ["matrix-multiply"] = parameters => new MatrixMultiply(
                checked((int)parameters.NumberOf("size", 150)),
                checked((int)parameters.NumberOf("instructions", 23)),
                parameters.NumberOf("rounds", 0)),
            ["memory-bench"] = parameters => new MemoryBench(
                ChoiceOf<MemoryOperation>(parameters.TextOf("operation", "trap")),
                checked((int)parameters.NumberOf("pages", 100)),
                parameters.NumberOf("rounds", 0), MemoryOf(parameters)),
            ["page-scan"] = parameters => new PageScan(
                checked((int)parameters.NumberOf("pages", 128)), MemoryOf(parameters)),
            ["rogue"] = parameters => new Rogue(
                checked((ushort)parameters.NumberOf("port", 7))),
            ["stride"] = parameters => new StrideProgram(parameters.TextOf("shares", "1")),
            ["udp-echo"] = parameters => new UdpEcho(
                checked((ushort)parameters.NumberOf("port", 7)), parameters.NumberOf("work", 0)),
        };

    /// <summary>The kinds, in order.</summary>
    public static IReadOnlyCollection<string> Kinds => Makers.Keys;

    /// <summary>Makes an application; false for a kind that is none.</summary>
    public static bool TryMake(
        string kind, ApplicationParameters parameters, out IApplication application)
    {
        var isKnown = Makers.TryGetValue(kind, out var make);
        application = isKnown ? make!(parameters) : null!;
        return isKnown;
    }

    private static TChoice ChoiceOf<TChoice>(string name)
        where TChoice : struct, Enum => Enum.Parse<TChoice>(
            name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static MemorySettings MemoryOf(ApplicationParameters parameters) => new()
    {
        Table = Enum.Parse<PageTableKind>(
            parameters.TextOf("page-table", "linear"), ignoreCase: true),
        Policy = parameters.TextOf("policy", "lru"),
        FrameLimit = checked((int)parameters.NumberOf("frames", 1_024)),
        StoreLatencyPs = parameters.NumberOf(
            "store-latency", 100 * Picoseconds.PerMicrosecond),
    };
}
