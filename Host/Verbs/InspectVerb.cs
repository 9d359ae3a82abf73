using System.Text.Json;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Recording;
using Disguise.Host.Running;

namespace Disguise.Host.Verbs;

/// <summary><c>inspect</c>: the state of an emulated world at a time.</summary>
internal static class InspectVerb
{
    private static readonly string[] Built =
        ["actors", "pci", "rings", "display", .. KernelInspections.Subjects];

    public static int Inspect(InspectOptions options, Terminal terminal)
    {
        if (!Built.Contains(options.What))
        {
            throw new ExperimentError(
                $"inspect {options.What}", "is not built yet", string.Join(", ", Built));
        }

        if (options.Architecture?.Contains(',') == true)
        {
            throw new ExperimentError(
                $"--architecture {options.Architecture}", "inspect shows one",
                string.Join(", or ", options.Architecture.Split(',')));
        }

        var file = Directory.Exists(options.Source)
            ? Path.Combine(options.Source, "experiment.yaml")
            : options.Source;
        var experiment = ExperimentFiles.Read(
            file, options.Common, options.Architecture, terminal);
        var things = InspectTargets.Of(options, experiment);
        var atPs = TimeOf(options, experiment);
        var architecture = options.Architecture is null
            ? ExperimentFiles.BuiltOnes(experiment, terminal, options.Common.Quiet)[0]
            : ExperimentFiles.ToRun(
                experiment, options.Architecture, terminal, options.Common.Quiet)[0];
        using var world = WorldBuilder.Build(experiment, architecture, new WorldOptions
        {
            Seed = experiment.Seed,
            Costs = CostBook.Load(experiment).Table,
        });
        if (!Run(world, atPs, terminal, options.Common.Quiet))
        {
            terminal.Error.WriteLine(
                "inspect: interrupted at a virtual time of "
                + Picoseconds.Format(world.Emulation.NowPs));
            return ExitCodes.Interrupted;
        }

        if (options.Common.Json)
            Write(options, things, world, terminal);
        else
            Print(options, things, world, terminal);
        return ExitCodes.Done;
    }

    /// <summary>Runs to a time of the measured stretch. False when interrupted.</summary>
    private static bool Run(World world, long atPs, Terminal terminal, bool quiet)
    {
        var progress = new ProgressLine(
            "inspect", world.Emulation, world.Experiment.DurationPs, terminal, quiet);
        var phases = new RunPhases(world, progress);
        if (!phases.SetUp())
            return false;
        new Injections(world).Schedule(phases.MeasureStartPs);
        progress.UntilPs = phases.MeasureStartPs + atPs;
        var isDone = phases.RunUntil(progress.UntilPs);
        progress.Clear();
        return isDone;
    }

    private static long TimeOf(InspectOptions options, Experiment experiment)
    {
        var atPs = options.AtPs ?? experiment.DurationPs;
        return atPs <= experiment.DurationPs ? atPs
            : throw new ExperimentError(
                $"--at {Picoseconds.Format(atPs)}", "is past the end",
                $"a time up to the duration, {Picoseconds.Format(experiment.DurationPs)}");
    }

    private static void Print(
        InspectOptions options, IReadOnlyList<Thing>? things, World world, Terminal terminal)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var targets = things?.Select(world.Experiment.Addresses.Print).ToList();
        var isSaid = false;
        switch (options.What)
        {
            case "actors":
                PrintActors(world, targets, output);
                break;
            case "pci":
                foreach (var machine in Machines(world, things))
                    output.Write(PciFunctions.Dump(machine, things));
                break;
            case "rings":
                foreach (var machine in Machines(world, things))
                    RingInspections.Print(machine, things, output);
                break;
            case "display":
                ScreenPictures.Print(Machines(world, things), output);
                break;
            default:
                KernelInspections.Print(
                    options.What, Machines(world, things), targets, output);
                isSaid = SayWhoKeepsNone(options.What, things, world, terminal);
                break;
        }

        if (output.GetStringBuilder().Length == 0 && !isSaid)
            terminal.Error.WriteLine($"inspect {options.What}: there are none at that time");
        terminal.Output.Write(output);
    }

    private static void Write(
        InspectOptions options, IReadOnlyList<Thing>? things, World world, Terminal terminal)
    {
        var targets = things?.Select(world.Experiment.Addresses.Print).ToList();
        JsonOutput.Write(terminal, json =>
        {
            json.WriteString("architecture", world.Architecture.Name);
            json.WriteNumber("at_ps", world.Emulation.NowPs);
            switch (options.What)
            {
                case "actors":
                    WriteActors(world, targets, json);
                    break;
                case "pci":
                    JsonOutput.Array(json, "machines", Machines(world, things), machine =>
                    {
                        json.WriteString("address", machine.Address);
                        json.WriteString("lspci", PciFunctions.Dump(machine, things));
                    });
                    break;
                case "rings":
                    RingInspections.Write(Machines(world, things), things, json);
                    break;
                case "display":
                    ScreenPictures.Write(Machines(world, things), json);
                    break;
                default:
                    KernelInspections.Write(
                        options.What, Machines(world, things), targets, json);
                    SayWhoKeepsNone(options.What, things, world, terminal);
                    break;
            }
        });
    }

    /// <summary>Says of which machines the kernel has no such table; whether there are any.
    /// </summary>
    private static bool SayWhoKeepsNone(
        string what, IReadOnlyList<Thing>? things, World world, Terminal terminal)
    {
        var without = Machines(world, things)
            .Where(machine => !KernelInspections.Keeps(what, machine)).ToList();
        foreach (var machine in without)
        {
            terminal.Error.WriteLine(
                $"{machine.Address} has no {what}: {world.Architecture.Name} keeps none");
        }

        return without.Count > 0;
    }

    private static IEnumerable<MachineUnderTest> Machines(
        World world, IReadOnlyList<Thing>? things) => world.Machines.Where(machine =>
        things is null || things.Any(thing =>
            thing.Group == machine.Group && thing.Member == machine.Member
            && thing.Kind is not (ThingKind.Client or ThingKind.ClientLink or ThingKind.Switch)));

    private static void WriteActors(World world, List<string>? targets, Utf8JsonWriter json) =>
        JsonOutput.Array(json, "actors", ActorsOf(world, targets), found =>
        {
            json.WriteString("island", found.Actor.Island.Name);
            json.WriteString("address", found.Address);
            json.WriteNumber("ordinal", found.Actor.Ordinal);
            json.WriteBoolean("stopped", found.Actor.IsTerminated);
        });

    /// <summary>The tree, parents before children, in the order of their making.</summary>
    private static void PrintActors(World world, List<string>? targets, TextWriter output)
    {
        var island = -1;
        foreach (var (actor, address) in ActorsOf(world, targets))
        {
            if (island != actor.Island.Index)
            {
                island = actor.Island.Index;
                output.WriteLine($"island {island} {actor.Island.Name}");
            }

            var depth = actor.Path.Elements.Count - 1;
            output.WriteLine(
                $"{new string(' ', 2 * depth)}{address}  #{actor.Ordinal}"
                + (actor.IsTerminated ? "  stopped" : ""));
        }
    }

    private static IEnumerable<(IslandActorRef Actor, string Address)> ActorsOf(
        World world, List<string>? targets)
    {
        foreach (var island in world.Emulation.Islands)
        {
            foreach (var actor in island.Actors)
            {
                var address = ActorAddress.Of(actor);
                if (targets?.Exists(target => IsWithin(address, target)) != false)
                    yield return (actor, address);
            }
        }
    }

    /// <summary>Whether an address is another, or below it.</summary>
    public static bool IsWithin(string address, string target) =>
        address == target || address.StartsWith(target + ".", StringComparison.Ordinal);
}
