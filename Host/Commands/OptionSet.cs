using System.CommandLine;
using System.Globalization;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Commands;

/// <summary>
/// The options of the command. Values are taken as text and read here, so that a bad one is one
/// line in our words: <c>--threads x: ...; allowed: ...</c>.
/// </summary>
internal sealed class OptionSet
{
    private readonly IReadOnlyList<string> arguments;
    private readonly Option<string> output = Value("--out", "DIR", "folder for the run");
    private readonly Option<string> seed = Value("--seed", "N", "instead of the file's");
    private readonly Option<string> threads = Value("--threads", "N", "default: one a core");
    private readonly Option<string[]> set = Values("--set", "path=value", "set a key of the file");
    private readonly Option<bool> quiet = new("--quiet") { Description = "no progress, no notes" };
    private readonly Option<string[]> pcap = Values("--pcap", "ADDRESS", "capture frames there");
    private readonly Option<bool> trace = new("--trace") { Description = "write every crossing" };
    private readonly Option<string> journal = Value(
        "--journal",
        "STORE",
        "none | sqlite | postgresql:CONNECTION"
    );
    private readonly Option<bool> json = new("--json")
    {
        Description = "the result on standard output, and nothing else",
    };

    /// <summary>Options for one command line.</summary>
    public OptionSet(IReadOnlyList<string> arguments) => this.arguments = arguments;

    public Option<string> Architecture { get; } =
        Value("--architecture", "a,b", "under these instead of the file's");

    public Option<string> Baseline { get; } =
        Value("--baseline", "ARCHITECTURE|DIR", "what the others are compared to");

    public Option<string> Nodes { get; } = Value("--nodes", "N", "local processes");

    public Option<string> Request { get; } = Value("--request", "N", "which request, from 1");

    public Option<string> Target { get; } = Value("--target", "ADDRESS", "of what");

    public Option<string> At { get; } = Value(
        "--at", "TIME", "time since measuring began, such as 5ms; left out: its end");

    public Option<bool> Last { get; } =
        new("--last") { Description = "the last request of a published run" };

    /// <summary>Adds the options that every verb takes.</summary>
    public void AddCommon(Command command)
    {
        Option[] common = [output, seed, threads, set, quiet, pcap, trace, journal, json];
        foreach (var option in common)
            command.Add(option);
    }

    public CommonOptions Common(ParseResult parsed) =>
        new()
        {
            Out = parsed.GetValue(output),
            Seed =
                parsed.GetValue(seed) is not { } text ? null
                : ulong.TryParse(
                    text,
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
                    ? number
                : throw Bad("--seed", text, $"a whole number from 0 to {ulong.MaxValue}"),
            Threads = ThreadList(parsed)?[0],
            Set = parsed.GetValue(set) ?? [],
            Quiet = parsed.GetValue(quiet),
            Pcap =
            [
                .. (parsed.GetValue(pcap) ?? []).Select(address => AnAddress("--pcap", address)),
            ],
            Trace = parsed.GetValue(trace),
            Journal = AJournal(parsed.GetValue(journal)),
            Json = parsed.GetValue(json),
            Arguments = arguments,
        };

    /// <summary>The numbers of <c>--threads 1,2</c>; null if not given.</summary>
    public IReadOnlyList<int>? ThreadList(ParseResult parsed) =>
        Numbers(threads, parsed, CommonOptions.MostThreads);

    /// <summary>The numbers of <c>--nodes 1,2</c>; null if not given.</summary>
    public IReadOnlyList<int>? NodeList(ParseResult parsed) => Numbers(Nodes, parsed, 1_000);

    public long? RequestNumber(ParseResult parsed) =>
        parsed.GetValue(Request) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
            ? number
        : throw Bad("--request", text, "a whole number from 1");

    /// <summary>A number of an option; null if not given.</summary>
    public static int? Number(Option<string> option, ParseResult parsed, int most) =>
        Numbers(option, parsed, most)?[0];

    public Address? TargetAddress(ParseResult parsed) =>
        parsed.GetValue(Target) is { } text ? AnAddress("--target", text) : null;

    public long? AtPs(ParseResult parsed) =>
        parsed.GetValue(At) is not { } text ? null
        : Units.TryTime(text, out var timePs) ? timePs
        : throw Bad("--at", text, Units.Time);

    private static Option<string> Value(string name, string shape, string description) =>
        new(name) { HelpName = shape, Description = description };

    private static Option<string[]> Values(string name, string shape, string description) =>
        new(name)
        {
            HelpName = shape,
            Description = description,
            Arity = new ArgumentArity(1, 10_000),
        };

    private static ExperimentError Bad(string option, string text, string allowed) =>
        new($"{option} {ExperimentError.Show(text)}", "not a value of this option", allowed);

    private static Address AnAddress(string option, string text) =>
        Address.TryParse(text, out var address) ? address : throw Bad(option, text, Address.Form);

    private static string? AJournal(string? text) =>
        text is null or "none" or "sqlite"
        || text.StartsWith("postgresql:", StringComparison.Ordinal)
            ? text
            : throw Bad("--journal", text, "none, sqlite, postgresql:CONNECTION");

    private static List<int>? Numbers(Option<string> option, ParseResult parsed, int most)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        var numbers = new List<int>();
        foreach (var part in text.Split(','))
        {
            if (
                !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number < 1
                || number > most
            )
                throw Bad(option.Name, text, $"whole numbers from 1 to {most}");
            numbers.Add(number);
        }

        return numbers;
    }
}
