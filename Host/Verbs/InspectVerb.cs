using System.Text.Json;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Actors.Time;
using Disguise.Hardware.Nic;
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

        var file = Directory.Exists(options.Source)
            ? Path.Combine(options.Source, "experiment.yaml")
            : options.Source;
        var experiment = ExperimentFiles.Read(
            file, options.Common, options.Architecture, terminal);
        var architecture = options.Architecture is null
            ? ExperimentFiles.BuiltOnes(experiment, terminal, options.Common.Quiet)[0]
            : ExperimentFiles.ToRun(
                experiment, options.Architecture, terminal, options.Common.Quiet)[0];
        var atPs = options.AtPs ?? experiment.DurationPs;
        if (atPs > experiment.DurationPs)
        {
            throw new ExperimentError(
                $"--at {Picoseconds.Format(atPs)}", "is past the end",
                $"a time up to the duration, {Picoseconds.Format(experiment.DurationPs)}");
        }

        using var world = WorldBuilder.Build(experiment, architecture, new WorldOptions
        {
            Seed = experiment.Seed,
            Costs = CostBook.Load(experiment).Table,
        });
        var progress = new ProgressLine(
            "inspect", world.Emulation, experiment.DurationPs, terminal, options.Common.Quiet);
        var phases = new RunPhases(world, progress);
        if (!phases.SetUp())
            return ExitCodes.Interrupted;
        new Injections(world).Schedule(phases.MeasureStartPs);
        progress.UntilPs = phases.MeasureStartPs + atPs;
        if (!phases.RunUntil(progress.UntilPs))
            return ExitCodes.Interrupted;
        progress.Clear();
        if (options.Common.Json)
            Write(options, experiment, world, terminal);
        else
            Print(options, experiment, world, terminal.Output);
        return ExitCodes.Done;
    }

    private static void Print(
        InspectOptions options, Experiment experiment, World world, TextWriter output)
    {
        var things = ThingsOf(options, experiment);
        var targets = things?.Select(experiment.Addresses.Print).ToList();
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
                    PrintRings(machine, things, output);
                break;
            case "display":
                ScreenPictures.Print(experiment.File, Machines(world, things), output);
                break;
            default:
                KernelInspections.Print(
                    options.What, world.Architecture.Name, Machines(world, things), targets,
                    output);
                break;
        }
    }

    private static void Write(
        InspectOptions options, Experiment experiment, World world, Terminal terminal)
    {
        var things = ThingsOf(options, experiment);
        var targets = things?.Select(experiment.Addresses.Print).ToList();
        JsonOutput.Write(terminal, json =>
        {
            json.WriteString("architecture", world.Architecture.Name);
            json.WriteNumber("at_ps", world.Emulation.NowPs);
            switch (options.What)
            {
                case "actors":
                    JsonOutput.Array(json, "actors", ActorsOf(world, targets), found =>
                    {
                        json.WriteString("island", found.Actor.Island.Name);
                        json.WriteString("address", found.Address);
                        json.WriteNumber("ordinal", found.Actor.Ordinal);
                        json.WriteBoolean("stopped", found.Actor.IsTerminated);
                    });
                    break;
                case "pci":
                    JsonOutput.Array(json, "machines", Machines(world, things), machine =>
                    {
                        json.WriteString("address", machine.Address);
                        json.WriteString("lspci", PciFunctions.Dump(machine, things));
                    });
                    break;
                case "rings":
                    JsonOutput.Array(
                        json, "rings",
                        Machines(world, things).SelectMany(machine => RingsOf(machine, things)),
                        found => Write(json, found.Function, found.Ring));
                    break;
                case "display":
                    ScreenPictures.Write(Machines(world, things), json);
                    break;
                default:
                    KernelInspections.Write(
                        options.What, Machines(world, things), targets, json);
                    break;
            }
        });
    }

    private static void Write(Utf8JsonWriter json, string function, RingState ring)
    {
        json.WriteString("function", function);
        json.WriteString("direction", ring.Direction.ToString().ToLowerInvariant());
        json.WriteNumber("queue", ring.Queue);
        json.WriteNumber("base_address", ring.BaseAddress);
        json.WriteNumber("descriptors", ring.Descriptors);
        json.WriteNumber("head", ring.Head);
        json.WriteNumber("tail", ring.Tail);
        json.WriteNumber("bits_per_second", ring.BitsPerSecond);
    }

    /// <summary>What was asked for; null for everything.</summary>
    private static IReadOnlyList<Thing>? ThingsOf(InspectOptions options, Experiment experiment)
    {
        if (options.Target is not { } target)
            return null;
        var things = experiment.Addresses.Resolve(target, experiment.Seed, $"--target {target}");
        if (options.What == "pci" && !things.Any(PciFunctions.IsOne))
        {
            throw new ExperimentError(
                $"--target {target}", "has no configuration space",
                "a machine, its nic, one of its virtual functions");
        }

        return things;
    }

    private static IEnumerable<MachineUnderTest> Machines(
        World world, IReadOnlyList<Thing>? things) => world.Machines.Where(machine =>
        things is null || things.Any(thing =>
            thing.Group == machine.Group && thing.Member == machine.Member
            && thing.Kind is not (ThingKind.Client or ThingKind.ClientLink or ThingKind.Switch)));

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

    private static void PrintRings(
        MachineUnderTest machine, IReadOnlyList<Thing>? things, TextWriter output)
    {
        foreach (var (function, ring) in RingsOf(machine, things))
        {
            output.WriteLine(
                $"{function} {ring.Direction.ToString().ToLowerInvariant()}[{ring.Queue}] "
                + $"base 0x{ring.BaseAddress:x} descriptors {ring.Descriptors} "
                + $"head {ring.Head} tail {ring.Tail}"
                + (ring.BitsPerSecond == 0 ? "" : $" rate {ring.BitsPerSecond} b/s"));
        }
    }

    /// <summary>The rings that are enabled, of the functions that were asked for.</summary>
    private static IEnumerable<(string Function, RingState Ring)> RingsOf(
        MachineUnderTest machine, IReadOnlyList<Thing>? things)
    {
        for (var number = 0; number < machine.Nic.VirtualFunctionCount; number++)
        {
            if (things is not null && !things.Any(thing =>
                thing.Kind is ThingKind.Machine or ThingKind.Nic
                || (thing.Kind == ThingKind.VirtualFunction && thing.Index == number)))
                continue;
            if (machine.Nic.StateOf(number) is not { } state)
                continue;
            foreach (var ring in state.Rings)
            {
                if (ring.IsEnabled)
                    yield return (state.Address, ring);
            }
        }
    }
}
