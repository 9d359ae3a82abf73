using System.CommandLine;

namespace Disguise.Host.Commands;

/// <summary>Every verb: what it is called, what its help says, and what it takes.</summary>
internal sealed class VerbTable(OptionSet options, VerbHandlers handlers, Terminal terminal)
{
    private static readonly (string Verb, string Help)[] NotBuilt =
    [
        ("replay", "DIR: repeats a run from its folder, real clients' input included"),
        ("swarm", "random experiments with faults over many seeds; a failing one is shrunk"),
        ("ash", "verify|run|exec|bench: safe handlers"),
        ("filter", "match|bench: packet filters"),
        ("publish", "FILE: real time; real clients reach emulated tenants"),
        ("serve", "[FILE]: the live page"),
        ("node", "--join HOST:PORT: joins a cluster"),
    ];

    private readonly Argument<string> file = new("FILE") { Description = "an experiment file" };

    public RootCommand Root()
    {
        var root = new RootCommand("Emulates operating-system architectures, deterministically.");
        root.Directives.Clear();
        Command[] built =
        [
            Run(),
            Compare(),
            Explain(),
            Check(),
            Verify(),
            Inspect(),
            .. new StudyVerbs(options, handlers, terminal, file).All(),
            .. new PaperVerbs(options, handlers, terminal).All(),
            .. new TextVerbs(options, terminal).All(),
        ];
        foreach (var command in built)
        {
            options.AddCommon(command);
            root.Add(command);
        }

        foreach (var (verb, help) in NotBuilt)
        {
            var command = new Command(verb, $"(not built yet) {help}")
            {
                TreatUnmatchedTokensAsErrors = false,
            };
            command.SetAction(_ => Missing(verb));
            root.Add(command);
        }

        return root;
    }

    private Command Run()
    {
        var command = new Command(
            "run",
            "runs an experiment under the first architecture it names, "
                + "or those of --architecture"
        )
        {
            file,
            options.Architecture,
            options.Nodes,
        };
        command.SetAction(parsed =>
            handlers.Run is { } run
                ? run(
                    new RunOptions(
                        options.Common(parsed),
                        parsed.GetRequiredValue(file),
                        parsed.GetValue(options.Architecture),
                        options.NodeList(parsed)?[0]
                    ),
                    terminal
                )
                : Missing("run")
        );
        return command;
    }

    private Command Compare()
    {
        var sources = new Argument<string[]>("FILE|DIR")
        {
            Description = "an experiment file, or folders of finished runs",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command(
            "compare",
            "runs an experiment under every architecture that it names, side by side; "
                + "or puts finished runs side by side"
        )
        {
            sources,
            options.Architecture,
            options.Baseline,
        };
        command.SetAction(parsed =>
            handlers.Compare is { } compare
                ? compare(
                    new CompareOptions(
                        options.Common(parsed),
                        parsed.GetRequiredValue(sources),
                        parsed.GetValue(options.Architecture),
                        parsed.GetValue(options.Baseline)
                    ),
                    terminal
                )
                : Missing("compare")
        );
        return command;
    }

    private Command Explain()
    {
        var command = new Command(
            "explain",
            "one request, crossing by crossing, for each " + "architecture, side by side"
        )
        {
            file,
            options.Architecture,
            options.Request,
            options.Target,
            options.Last,
        };
        command.SetAction(parsed =>
            handlers.Explain is { } explain
                ? explain(
                    new ExplainOptions(
                        options.Common(parsed),
                        parsed.GetRequiredValue(file),
                        parsed.GetValue(options.Architecture),
                        options.RequestNumber(parsed),
                        options.TargetAddress(parsed),
                        parsed.GetValue(options.Last)
                    ),
                    terminal
                )
                : Missing("explain")
        );
        return command;
    }

    private Command Check()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "experiment files",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command(
            "check",
            "no run: machines, tenants, islands, lookahead, memory "
                + "needed, VFs that will spill; exit 0 or 2"
        )
        {
            files,
        };
        command.SetAction(parsed =>
            handlers.Check is { } check
                ? check(
                    new CheckOptions(options.Common(parsed), parsed.GetRequiredValue(files)),
                    terminal
                )
                : Missing("check")
        );
        return command;
    }

    private Command Verify()
    {
        var command = new Command(
            "verify",
            "runs it on --threads 1,2 and --nodes 1,2 and compares "
                + "run hashes; prints the first event that differs"
        )
        {
            file,
            options.Architecture,
            options.Nodes,
        };
        command.SetAction(parsed =>
            handlers.Verify is { } verify
                ? verify(
                    new VerifyOptions(
                        options.Common(parsed),
                        parsed.GetRequiredValue(file),
                        parsed.GetValue(options.Architecture),
                        options.ThreadList(parsed) ?? [1, 2],
                        options.NodeList(parsed) ?? [1]
                    ),
                    terminal
                )
                : Missing("verify")
        );
        return command;
    }

    private Command Inspect()
    {
        var what = new Argument<string>("WHAT")
        {
            Description = string.Join(" | ", InspectOptions.Subjects),
        };
        what.AcceptOnlyFromAmong([.. InspectOptions.Subjects]);
        var source = new Argument<string>("FILE|DIR")
        {
            Description = "an experiment file, or a run's folder",
        };
        var command = new Command(
            "inspect",
            "prints state at a virtual time; pci in the form that " + "lspci -F reads"
        )
        {
            what,
            source,
            options.Architecture,
            options.At,
            options.Target,
        };
        command.SetAction(parsed =>
            handlers.Inspect is { } inspect
                ? inspect(
                    new InspectOptions(
                        options.Common(parsed),
                        parsed.GetRequiredValue(what),
                        parsed.GetRequiredValue(source),
                        parsed.GetValue(options.Architecture),
                        options.AtPs(parsed),
                        options.TargetAddress(parsed)
                    ),
                    terminal
                )
                : Missing("inspect")
        );
        return command;
    }

    private int Missing(string verb) => Missing(verb, terminal);

    /// <summary>The one line for a verb that is not built, and its exit code.</summary>
    public static int Missing(string verb, Terminal terminal)
    {
        terminal.Error.WriteLine($"disguise {verb}: not built yet");
        return ExitCodes.BadInput;
    }
}
