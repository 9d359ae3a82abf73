using System.CommandLine;

namespace Disguise.Host.Commands;

/// <summary>The verbs that run an experiment many times: <c>sweep</c>.</summary>
internal sealed class StudyVerbs(
    OptionSet options, VerbHandlers handlers, Terminal terminal, Argument<string> file)
{
    public IReadOnlyList<Command> All() => [Sweep()];

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
}
