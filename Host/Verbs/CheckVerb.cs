using Disguise.Actors.Time;
using Disguise.Hardware.Network;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Running;

namespace Disguise.Host.Verbs;

/// <summary><c>check</c>: what an experiment would run, without running it.</summary>
internal static class CheckVerb
{
    // Live bytes that a tenant and a client were measured to need, with what they share.
    private const long BytesPerTenant = 12 << 10;
    private const long BytesPerClient = 3 << 10;
    private const long BytesPerMachine = 512 << 10;
    private const long BytesOfProcess = 150 << 20;

    public static int Check(CheckOptions options, Terminal terminal)
    {
        foreach (var file in options.Files)
        {
            var experiment = ExperimentFiles.Read(file, options.Common, null, terminal);
            CostBook.Load(experiment);
            Print(experiment, terminal);
        }

        return ExitCodes.Done;
    }

    private static void Print(Experiment experiment, Terminal terminal)
    {
        var machines = experiment.Machines.Sum(group => group.Count);
        var clients = experiment.Clients.Sum(group => group.Count);
        var islands = machines + 1 + (clients > ClientBuilder.ClientsPerIsland
            ? (clients + ClientBuilder.ClientsPerIsland - 1) / ClientBuilder.ClientsPerIsland : 0);
        var link = new LinkOptions
        {
            BitsPerSecond = experiment.Network.Link.BitsPerSecond,
            LatencyPs = experiment.Network.Link.LatencyPs,
        };
        var bytes = BytesOfProcess + (machines * BytesPerMachine)
            + (experiment.TenantCount * BytesPerTenant) + (clients * BytesPerClient);
        var output = terminal.Output;
        output.WriteLine($"{experiment.File}: {experiment.Name}");
        output.WriteLine($"  machines   {machines}");
        output.WriteLine($"  tenants    {experiment.TenantCount}");
        output.WriteLine($"  clients    {clients}");
        output.WriteLine($"  islands    {islands}");
        output.WriteLine($"  lookahead  {Picoseconds.Format(link.LookaheadPs)}");
        output.WriteLine($"  memory     {bytes / (1 << 20)} MiB");
        output.WriteLine(
            $"  measured   {Picoseconds.Format(experiment.DurationPs)} after a warm-up of "
            + Picoseconds.Format(experiment.WarmUpPs));
        foreach (var group in experiment.Machines)
        {
            var perMachine = group.TenantCount / Math.Max(1, group.Count);
            var spill = Math.Max(0, perMachine - group.Nic.VirtualFunctions);
            output.WriteLine(
                $"  {group.Name}: {perMachine} tenants a machine, "
                + $"{group.Nic.VirtualFunctions} virtual functions"
                + (spill == 0 ? "" : group.Nic.EmulateWhenOut
                    ? $", {spill} spill to software cards" : $", {spill} are refused"));
        }
    }
}
