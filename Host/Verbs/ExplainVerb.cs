using System.Text;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Explaining;
using Disguise.Host.Reports;
using Disguise.Host.RunFolders;
using Disguise.Host.Running;
using Disguise.LibOS.Clients;

namespace Disguise.Host.Verbs;

/// <summary><c>explain</c>: one request, crossing by crossing, side by side.</summary>
internal static class ExplainVerb
{
    private const string RunsFolder = "runs";

    public static int Explain(ExplainOptions options, Terminal terminal)
    {
        if (options.Last)
            throw new ExperimentError("--last", "published runs are not built yet");
        var experiment = ExperimentFiles.Read(
            options.File, options.Common, options.Architectures, terminal);
        var architectures = options.Architectures is null
            ? ExperimentFiles.BuiltOnes(experiment, terminal, options.Common.Quiet)
            : ExperimentFiles.ToRun(
                experiment, options.Architectures, terminal, options.Common.Quiet);
        var client = ClientOf(experiment, options.Target);
        RequireNumbers(experiment, client);
        var costs = CostBook.Load(experiment);
        var explained = new List<ExplainedRequest>();
        foreach (var architecture in architectures)
        {
            var run = new ExplainRun(
                experiment, architecture, costs, client, (options.Request ?? 1) - 1);
            explained.Add(run.Explain(terminal));
        }

        using var json = new MemoryStream();
        ExplainJson.Write(json, explained);
        if (options.Common.Out is not null)
            WriteFolder(experiment, options.Common, explained, json.ToArray(), terminal);
        if (options.Common.Json)
        {
            terminal.Output.WriteLine(Encoding.UTF8.GetString(json.ToArray()).TrimEnd());
        }
        else
        {
            ExplainTable.Write(terminal.Output, explained);
        }

        return ExitCodes.Done;
    }

    /// <summary>A folder with the sequence charts, the steps as JSON and the experiment.</summary>
    private static void WriteFolder(
        Experiment experiment, CommonOptions common, IReadOnlyList<ExplainedRequest> explained,
        byte[] json, Terminal terminal)
    {
        var folder = RunFolder.Create(
            RunsFolder, experiment.Name, (long)experiment.Seed, common.Out,
            experiment.EffectiveYaml);
        RunFolder.WriteAtomically(Path.Combine(folder.FullPath, "explain.json"), json);
        RunFolder.WriteAtomically(
            folder.ReportPath,
            Encoding.UTF8.GetBytes(Report.Render(
                experiment.Name, experiment.EffectiveYaml, ResultBuilder.Rerun(common),
                explained)));
        if (!common.Quiet)
            terminal.Error.WriteLine($"report: {folder.ReportPath}");
    }

    private static void RequireNumbers(Experiment experiment, Thing client)
    {
        var clients = experiment.Clients[client.Group];
        if (!ShownRequest.IsExplained(clients))
        {
            throw new ExperimentError(
                experiment.File,
                $"requests of {clients.Application.Integer("payload")} bytes cannot be told apart, "
                    + "so none can be explained",
                $"a payload of {RequestBuilder.NumbersBytes} bytes and up");
        }
    }

    /// <summary>
    /// Whose request: the first client whose requests go to the target, or the first of all.
    /// </summary>
    private static Thing ClientOf(Experiment experiment, Address? target)
    {
        var loads = experiment.Clients
            .Select((group, index) => (group, index))
            .Where(pair => pair.group.Application.Kind == "udp-load")
            .ToList();
        if (loads.Count == 0)
        {
            throw new ExperimentError(
                experiment.File, "no client sends requests that can be explained", "udp-load");
        }

        if (target is null)
            return new Thing(ThingKind.Client, loads[0].index, 0, 0, 0);
        var thing = experiment.Addresses.Resolve(target, experiment.Seed, $"--target {target}")[0];
        if (thing.Kind == ThingKind.Client)
            return thing;
        foreach (var (group, index) in loads)
        {
            for (var number = 0; number < group.Targets.Count && number < group.Count; number++)
            {
                if (group.Choice == TargetChoice.Modulo && group.Targets[number] == thing)
                    return new Thing(ThingKind.Client, index, number, 0, 0);
            }
        }

        throw new ExperimentError(
            $"--target {target}", "no client always sends to it",
            "a client, or a tenant that a client of its own loads");
    }
}
