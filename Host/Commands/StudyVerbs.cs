using System.CommandLine;

namespace Disguise.Host.Commands;

/// <summary>
/// The verbs that vary what costs what: <c>sweep</c>, <c>ablate</c>, <c>calibrate</c>.
/// </summary>
internal sealed class StudyVerbs(
    OptionSet options, VerbHandlers handlers, Terminal terminal, Argument<string> file)
{
    private readonly Option<string> from = Side(
        "--from", $"default {AblateOptions.DefaultFrom}: mechanisms are removed from it");

    private readonly Option<string> to = Side(
        "--to", $"default {AblateOptions.DefaultTo}: what it is held against");

    private readonly Option<bool> crossover = new("--crossover")
    {
        Description = "which primitive must move, and how far, before the two trade places",
    };

    private readonly Option<string> repetitions = new("--repetitions")
    {
        HelpName = "N",
        Description = "of each measurement; the least or the median counts",
    };

    public IReadOnlyList<Command> All() => [Sweep(), Ablate(), Calibrate()];

    private Command Sweep()
    {
        var command = new Command(
            "sweep",
            "runs the sweep: section until the confidence interval is narrow enough; resumes "
                + "after an interruption")
        {
            file,
            options.Architecture,
        };
        command.SetAction(parsed => handlers.Sweep is { } sweep
            ? sweep(
                new SweepOptions(
                    options.Common(parsed), parsed.GetRequiredValue(file),
                    parsed.GetValue(options.Architecture)),
                terminal)
            : VerbTable.Missing("sweep", terminal));
        return command;
    }

    private Command Ablate()
    {
        var command = new Command(
            "ablate",
            "what each mechanism is worth, between two architectures, over the orders of removal")
        {
            file,
            from,
            to,
            crossover,
        };
        command.SetAction(parsed => handlers.Ablate is { } ablate
            ? ablate(
                new AblateOptions(
                    options.Common(parsed), parsed.GetRequiredValue(file),
                    parsed.GetValue(from) ?? AblateOptions.DefaultFrom,
                    parsed.GetValue(to) ?? AblateOptions.DefaultTo, parsed.GetValue(crossover)),
                terminal)
            : VerbTable.Missing("ablate", terminal));
        return command;
    }

    private Command Calibrate()
    {
        var command = new Command(
            "calibrate", "measures this host's primitive costs and writes a platform file")
        {
            repetitions,
        };
        command.SetAction(parsed => handlers.Calibrate is { } calibrate
            ? calibrate(
                new CalibrateOptions(
                    options.Common(parsed),
                    OptionSet.Number(
                        repetitions, parsed, CalibrateOptions.MostRepetitions)),
                terminal)
            : VerbTable.Missing("calibrate", terminal));
        return command;
    }

    private static Option<string> Side(string name, string description) =>
        new(name) { HelpName = "ARCHITECTURE[:INTERFACE]", Description = description };
}
