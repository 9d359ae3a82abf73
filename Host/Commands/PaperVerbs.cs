using System.CommandLine;

namespace Disguise.Host.Commands;

/// <summary>The verbs that run what comes with the program: <c>validate</c> and <c>tour</c>.
/// </summary>
internal sealed class PaperVerbs(OptionSet options, VerbHandlers handlers, Terminal terminal)
{
    public IReadOnlyList<Command> All() =>
    [
        With(
            "validate", "a paper's tables beside the emulated ones", "SUITE",
            "suites; none for all",
            (common, names) => handlers.Validate is { } validate
                ? validate(new ValidateOptions(common, names), terminal)
                : VerbTable.Missing("validate", terminal)),
        With(
            "tour", "the essay's claims one by one, each run and shown", "CLAIM",
            "numbers of claims; none for all",
            (common, numbers) => handlers.Tour is { } tour
                ? tour(new TourOptions(common, numbers), terminal)
                : VerbTable.Missing("tour", terminal)),
    ];

    private Command With(
        string verb, string help, string noun, string nouns,
        Func<CommonOptions, IReadOnlyList<string>, int> run)
    {
        var names = new Argument<string[]>(noun)
        {
            Description = nouns,
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(verb, help) { names };
        command.SetAction(parsed => run(options.Common(parsed), parsed.GetValue(names) ?? []));
        return command;
    }
}
