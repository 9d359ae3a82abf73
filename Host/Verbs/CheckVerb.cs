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
    // Of a display: what is to be seen, and the tag.
    private const long BytesPerPixel = 5;
    private const long BytesOfProcess = 150 << 20;

    public static int Check(CheckOptions options, Terminal terminal)
    {
        var checkedOnes = new List<Checked>();
        foreach (var file in options.Files)
        {
            var experiment = ExperimentFiles.Read(file, options.Common, null, terminal);
            CostBook.Load(experiment);
            ExperimentFiles.BuiltOnes(experiment, terminal, options.Common.Quiet);
            checkedOnes.Add(new Checked(experiment));
            if (!options.Common.Json)
                Print(checkedOnes[^1], terminal.Output);
        }

        if (options.Common.Json)
            Write(checkedOnes, terminal);
        return ExitCodes.Done;
    }

    private static void Print(Checked found, TextWriter output)
    {
        var experiment = found.Experiment;
        output.WriteLine($"{experiment.File}: {experiment.Name}");
        output.WriteLine($"  machines   {found.Machines}");
        output.WriteLine($"  tenants    {experiment.TenantCount}");
        output.WriteLine($"  clients    {found.Clients}");
        output.WriteLine($"  islands    {found.Islands}");
        output.WriteLine($"  lookahead  {Picoseconds.Format(found.LookaheadPs)}");
        output.WriteLine($"  memory     {found.MemoryBytes / (1 << 20)} MiB");
        output.WriteLine(
            $"  measured   {Picoseconds.Format(experiment.DurationPs)} after a warm-up of "
            + Picoseconds.Format(experiment.WarmUpPs));
        foreach (var group in experiment.Machines)
        {
            var spill = Spill(group);
            output.WriteLine(
                $"  {group.Name}: {TenantsOn(group)} tenants a machine, "
                + $"{group.Nic.VirtualFunctions} virtual functions"
                + (spill == 0 ? "" : group.Nic.EmulateWhenOut
                    ? $", {spill} spill to software cards" : $", {spill} are refused")
                + (group.Display is { } display
                    ? $", a display of {display.Width} x {display.Height}" : ""));
        }
    }

    private static void Write(List<Checked> found, Terminal terminal) =>
        JsonOutput.Write(terminal, json => JsonOutput.Array(json, "experiments", found, one =>
        {
            json.WriteString("file", one.Experiment.File);
            json.WriteString("experiment", one.Experiment.Name);
            json.WriteNumber("machines", one.Machines);
            json.WriteNumber("tenants", one.Experiment.TenantCount);
            json.WriteNumber("clients", one.Clients);
            json.WriteNumber("islands", one.Islands);
            json.WriteNumber("lookahead_ps", one.LookaheadPs);
            json.WriteNumber("memory_bytes", one.MemoryBytes);
            json.WriteNumber("warm_up_ps", one.Experiment.WarmUpPs);
            json.WriteNumber("duration_ps", one.Experiment.DurationPs);
            JsonOutput.Array(json, "groups", one.Experiment.Machines, group =>
            {
                json.WriteString("name", group.Name);
                json.WriteNumber("tenants_per_machine", TenantsOn(group));
                json.WriteNumber("virtual_functions", group.Nic.VirtualFunctions);
                json.WriteNumber("spilled_per_machine", Spill(group));
                if (group.Display is { } display)
                {
                    json.WriteNumber("display_width", display.Width);
                    json.WriteNumber("display_height", display.Height);
                }

                json.WriteString(
                    "when_vfs_run_out", group.Nic.EmulateWhenOut ? "emulate" : "refuse");
            });
        }));

    private static int TenantsOn(MachineGroup group) =>
        Enumerable.Range(0, group.Count)
            .Select(member => group.Tenants.Sum(tenants => tenants.CountOn(member)))
            .DefaultIfEmpty()
            .Max();

    /// <summary>A card without virtual functions is the kernel's whole: nobody spills.</summary>
    private static int Spill(MachineGroup group) => group.Nic.VirtualFunctions == 0
        ? 0 : Math.Max(0, TenantsOn(group) - group.Nic.VirtualFunctions);

    private sealed record Checked(Experiment Experiment)
    {
        public int Machines => Experiment.Machines.Sum(group => group.Count);

        public int Clients => Experiment.Clients.Sum(group => group.Count);

        public int Islands => Machines + 1 + (Clients > ClientBuilder.ClientsPerIsland
            ? (Clients + ClientBuilder.ClientsPerIsland - 1) / ClientBuilder.ClientsPerIsland
            : 0);

        public long LookaheadPs => new LinkOptions
        {
            BitsPerSecond = Experiment.Network.Link.BitsPerSecond,
            LatencyPs = Experiment.Network.Link.LatencyPs,
        }.LookaheadPs;

        public long MemoryBytes => BytesOfProcess + (Machines * BytesPerMachine)
            + Experiment.Machines.Sum(group => group.Count * BytesPerPixel
                * (group.Display?.Width ?? 0) * (group.Display?.Height ?? 0))
            + (Experiment.TenantCount * BytesPerTenant) + (Clients * BytesPerClient);
    }
}
