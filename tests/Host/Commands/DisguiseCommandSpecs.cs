using System.Text.Json;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Xunit;

namespace Disguise.Host.Tests.Commands;

public sealed class DisguiseCommandSpecs
{
    private static readonly string First = Path.Combine(
        AppContext.BaseDirectory,
        "Experiments",
        "contract.yaml"
    );

    [Fact]
    public void Options_reach_the_verb_in_any_order()
    {
        RunOptions? seen = null;
        var handlers = new VerbHandlers
        {
            Run = (options, _) =>
            {
                seen = options;
                return 0;
            },
        };

        var (code, _, errors) = Run(
            handlers,
            "run",
            "--set",
            "seed=1",
            "--threads",
            "2",
            First,
            "--set",
            "interval=50us",
            "--seed",
            "7",
            "--quiet",
            "--trace",
            "--pcap",
            "server.nic.vf[1]",
            "--architecture",
            "arrakis,monolithic",
            "--journal",
            "sqlite",
            "--json",
            "--out",
            "here"
        );

        Assert.Equal((0, ""), (code, errors));
        Assert.NotNull(seen);
        Assert.Equal((First, "arrakis,monolithic"), (seen.File, seen.Architectures));
        var common = seen.Common;
        Assert.Equal(
            (7UL, 2, "sqlite", "here"),
            (common.Seed, common.Threads, common.Journal, common.Out)
        );
        Assert.True(common.Quiet && common.Trace && common.Json);
        Assert.Equal("server.nic.vf[1]", Assert.Single(common.Pcap).ToString());
        var experiment = ExperimentReader.Read(seen.File, common.Overrides(seen.Architectures));
        Assert.Equal((7UL, 50_000_000L), (experiment.Seed, experiment.IntervalPs));
        Assert.True(experiment.Recording.Trace);
        Assert.Equal(["arrakis", "monolithic"], experiment.Architectures);
    }

    [Fact]
    public void Verify_inspect_explain_and_check_get_their_own_options()
    {
        VerifyOptions? verify = null;
        InspectOptions? inspect = null;
        ExplainOptions? explain = null;
        CheckOptions? check = null;
        var handlers = new VerbHandlers
        {
            Verify = (options, _) =>
            {
                verify = options;
                return 1;
            },
            Inspect = (options, _) =>
            {
                inspect = options;
                return 0;
            },
            Explain = (options, _) =>
            {
                explain = options;
                return 0;
            },
            Check = (options, _) =>
            {
                check = options;
                return 0;
            },
        };

        Assert.Equal(1, Run(handlers, "verify", "f.yaml", "--threads", "1,2,4").Code);
        Run(handlers, "inspect", "rings", "f.yaml", "--at", "5ms", "--target", "server.nic.vf[3]");
        Run(handlers, "explain", "f.yaml", "--request", "12", "--last");
        Run(handlers, "check", "a.yaml", "b.yaml");

        Assert.Equal([1, 2, 4], verify!.Threads);
        Assert.Equal([1], verify.Nodes);
        Assert.Equal(("rings", 5_000_000_000L), (inspect!.What, inspect.AtPs));
        Assert.Equal("server.nic.vf[3]", inspect.Target!.ToString());
        Assert.Equal((12L, true), (explain!.Request, explain.Last));
        Assert.Equal(["a.yaml", "b.yaml"], check!.Files);
    }

    [Theory]
    [InlineData("disguise: no verb rnu, did you mean run; allowed: run, compare, explain", "rnu")]
    [InlineData(
        "disguise run: no option --thraeds, did you mean --threads; allowed: ",
        "run",
        "f",
        "--thraeds"
    )]
    [InlineData("disguise run: Required argument 'FILE' missing", "run")]
    [InlineData("disguise run: no place for g; allowed: ", "run", "f", "g")]
    [InlineData(
        "--threads 0: not a value of this option; allowed: whole numbers",
        "run",
        "f",
        "--threads",
        "0"
    )]
    [InlineData("--seed -1: not a value of this option; allowed: ", "run", "f", "--seed=-1")]
    [InlineData(
        "--journal disk: not a value of this option; allowed: none, ",
        "run",
        "f",
        "--journal",
        "disk"
    )]
    [InlineData("--pcap Nic: not a value of this option; allowed: ", "run", "f", "--pcap", "Nic")]
    [InlineData(
        "--at 5: not a value of this option; allowed: ",
        "inspect",
        "tlb",
        "f",
        "--at",
        "5"
    )]
    [InlineData("disguise inspect: Argument 'pic' not recognized.", "inspect", "pic", "f")]
    [InlineData("list platfroms: no such kind, did you mean platforms", "list", "platfroms")]
    [InlineData("list targets: no experiment file; allowed: list targets FILE", "list", "targets")]
    [InlineData(
        "no/such.yaml: there is no such file; allowed: ",
        "list",
        "targets",
        "no/such.yaml"
    )]
    [InlineData("disguise swarm: not built yet", "swarm", "f", "--baseline", "g")]
    [InlineData("disguise ash: not built yet", "ash", "verify", "f.o")]
    public void A_bad_command_line_is_one_line_and_exit_code_2(
        string line,
        params string[] arguments
    )
    {
        var handlers = new VerbHandlers { Run = (options, _) => 0, Inspect = (options, _) => 0 };
        var (code, output, errors) = Run(handlers, arguments);
        Assert.Equal((ExitCodes.BadInput, ""), (code, output));
        Assert.StartsWith(line, errors);
        Assert.Equal(errors.Length - 1, errors.IndexOf('\n'));
    }

    [Fact]
    public void A_verb_without_a_handler_says_that_it_is_not_built() =>
        Assert.Equal(
            (2, "", "disguise run: not built yet\n"),
            Run(new VerbHandlers(), "run", "f.yaml")
        );

    [Fact]
    public void What_a_handler_throws_has_an_exit_code_and_one_line()
    {
        Assert.Equal(
            (3, "", "the port is taken\n"),
            Throw(new SurroundingsRefuseException("the port is taken"))
        );
        Assert.Equal((130, "", "disguise: interrupted\n"), Throw(new OperationCanceledException()));
        Assert.Equal((2, "", "f.yaml:3: wrong\n"), Throw(new ExperimentError("f.yaml:3", "wrong")));
    }

    [Fact]
    public void A_bug_of_ours_leaves_one_line_a_crash_file_and_a_rerun_line()
    {
        var (code, _, errors) = Throw(new InvalidOperationException("a frame\nhas two owners"));

        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((ExitCodes.OurBug, 2), (code, lines.Length));
        Assert.StartsWith(
            "disguise: a bug of ours: InvalidOperationException: a frame has two owners; "
                + "details in ",
            lines[0]
        );
        Assert.Equal("rerun: disguise run 'my file.yaml'", lines[1]);
        var file = lines[0][(lines[0].IndexOf("details in ", StringComparison.Ordinal) + 11)..];
        Assert.Contains("has two owners", File.ReadAllText(file));
        File.Delete(file);
    }

    [Fact]
    public void Init_schema_and_list_answer()
    {
        Assert.Equal((0, FirstExperiment.Text, ""), Run(new VerbHandlers(), "init"));
        using var schema = JsonDocument.Parse(Run(new VerbHandlers(), "schema").Output);
        Assert.Equal("object", schema.RootElement.GetProperty("type").GetString());
        Assert.StartsWith("udp-echo  ", Run(new VerbHandlers(), "list", "applications").Output);
        using var listed = JsonDocument.Parse(
            Run(new VerbHandlers(), "list", "targets", First, "--json").Output
        );
        Assert.Equal("server", listed.RootElement[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Init_writes_a_file_and_never_over_one()
    {
        var file = Path.Combine(Path.GetTempPath(), $"disguise-init-{Environment.ProcessId}.yaml");
        try
        {
            Assert.Equal((0, "", ""), Run(new VerbHandlers(), "init", file));
            Assert.Equal("first", ExperimentReader.Read(file).Name);
            var (code, _, errors) = Run(new VerbHandlers(), "init", file);
            Assert.Equal(2, code);
            Assert.EndsWith(": is there already; allowed: a name that is free\n", errors);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("run")]
    [InlineData("compare")]
    [InlineData("explain")]
    [InlineData("check")]
    [InlineData("sweep")]
    [InlineData("ablate")]
    [InlineData("validate")]
    [InlineData("verify")]
    [InlineData("replay")]
    [InlineData("swarm")]
    [InlineData("tour")]
    [InlineData("inspect")]
    [InlineData("ash")]
    [InlineData("filter")]
    [InlineData("publish")]
    [InlineData("serve")]
    [InlineData("node")]
    [InlineData("calibrate")]
    [InlineData("init")]
    [InlineData("schema")]
    [InlineData("list")]
    public void Every_verb_of_the_contract_has_help(string verb)
    {
        var (code, output, errors) = Run(new VerbHandlers(), verb, "--help");
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains($"disguise {verb}", output.Replace("testhost", "disguise"));
    }

    [Fact]
    public void Help_marks_the_verbs_that_this_version_does_not_have()
    {
        var (_, output, _) = Run(Program.Handlers, "--help");
        var lines = output.Split('\n').Select(line => line.Trim()).ToList();
        foreach (var verb in new[] { "run", "explain", "init", "swarm", "ash", "node" })
        {
            var isBuilt = verb is "run" or "explain" or "init";
            Assert.Equal(
                !isBuilt,
                lines.Single(line => line.StartsWith(verb + " ", StringComparison.Ordinal))
                    .Contains("(not built yet)"));
            var refusal = Run(Program.Handlers, verb, "--no-such").Errors;
            Assert.Equal(!isBuilt, refusal.Contains("not built yet"));
        }
    }

    private static (int Code, string Output, string Errors) Throw(Exception exception) =>
        Run(new VerbHandlers { Run = (_, _) => throw exception }, "run", "my file.yaml");

    private static (int Code, string Output, string Errors) Run(
        VerbHandlers handlers,
        params string[] arguments
    )
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(output, errors, CancellationToken.None);
        var code = DisguiseCommand.Run(arguments, handlers, terminal);
        return (code, output.ToString(), errors.ToString());
    }
}
