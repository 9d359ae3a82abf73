using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Explaining;
using Disguise.Host.Reports;
using Disguise.Host.Running;
using Disguise.LibOS.Clients;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Verbs;

/// <summary>
/// The request that the report of a run shows step by step: the first one of the first client
/// that loads a server. It costs a set-up of its own, so that large experiments go without.
/// </summary>
internal static class ShownRequest
{
    /// <summary>The most tenants that are set up again for one request.</summary>
    private const int MostTenants = 256;

    /// <summary>The request, or null where there is none that can be shown.</summary>
    public static ExplainedRequest? Explain(
        Experiment experiment, IArchitecture architecture, CostBook costs, Terminal terminal)
    {
        if (experiment.TenantCount > MostTenants)
            return null;
        var group = Enumerable.Range(0, experiment.Clients.Count).FirstOrDefault(
            index => IsExplained(experiment.Clients[index]), -1);
        if (group < 0)
            return null;
        var client = new Thing(ThingKind.Client, group, 0, 0, 0);
        try
        {
            return new ExplainRun(experiment, architecture, costs, client, 0)
                .Explain(new Terminal(TextWriter.Null, TextWriter.Null, terminal.Interrupted));
        }
        catch (Exception cause) when (cause is ExperimentError or OperationCanceledException)
        {
            // Its first request was lost, or the user has no patience: the report says nothing.
            return null;
        }
        catch (InvalidOperationException cause)
        {
            // What was measured is worth keeping; the verb explain ends with this.
            terminal.Error.WriteLine(
                $"the report shows no request under {architecture.Name}: {cause.Message}");
            return null;
        }
    }

    /// <summary>Requests are told apart by the numbers that their payloads begin with.</summary>
    public static bool IsExplained(ClientGroup clients) => clients.Application.Kind == "udp-load"
        && clients.Application.Integer("payload") >= RequestBuilder.NumbersBytes;
}
