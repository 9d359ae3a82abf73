using System.CommandLine;

namespace Disguise.Host.Commands;

/// <summary>The verbs that run what comes with the program: <c>validate</c> and <c>tour</c>.
/// </summary>
internal sealed class PaperVerbs(OptionSet options, VerbHandlers handlers, Terminal terminal)
{
    public IEnumerable<Command> All()
    {
        if (handlers.Validate is { } validate)
        {
            yield return With(
                "validate", "a paper's tables beside the emulated ones", "SUITE",
                "suites; none for all",
                (common, names) => validate(new ValidateOptions(common, names), terminal));
        }

        if (handlers.Tour is { } tour)
        {
            yield return With(
                "tour", "the essay's claims one by one, each run and shown", "CLAIM",
                "numbers of claims; none for all",
                (common, numbers) => tour(new TourOptions(common, numbers), terminal));
        }
    }

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
