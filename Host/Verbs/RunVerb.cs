using Disguise.Host.Commands;
using Disguise.Host.Experiments;

namespace Disguise.Host.Verbs;

/// <summary><c>run</c>: an experiment under one architecture, or those that are named.</summary>
internal static class RunVerb
{
    public static int Run(RunOptions options, Terminal terminal)
    {
        if (options.Nodes is > 1)
            throw new ExperimentError("--nodes", "runs on several nodes are not built yet", "1");
        var experiment = ExperimentFiles.Read(
            options.File, options.Common, options.Architectures, terminal);
        ExperimentFiles.SayWhoSweeps(experiment, terminal, options.Common.Quiet);
        var architectures = ExperimentFiles.ToRun(
            experiment, options.Architectures, terminal, options.Common.Quiet);
        return new RecordedRuns(experiment, architectures, options.Common, terminal).Run(null);
    }
}
