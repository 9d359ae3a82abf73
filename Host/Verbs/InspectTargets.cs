using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Verbs;

/// <summary>What <c>inspect</c> was asked to show, checked before anything runs.</summary>
internal static class InspectTargets
{
    private const int ExamplesShown = 4;

    /// <summary>What was asked for; null for everything.</summary>
    /// <exception cref="ExperimentError">The subject does not apply to it.</exception>
    public static IReadOnlyList<Thing>? Of(InspectOptions options, Experiment experiment)
    {
        var target = options.Target;
        var things = target is null ? null
            : experiment.Addresses.Resolve(target, experiment.Seed, $"--target {target}");
        if (things is not null && LackOf(options.What) is var (kinds, lack, allowed)
            && !things.Any(thing => kinds.Contains(thing.Kind)))
            throw new ExperimentError($"--target {target}", lack, allowed);
        if (options.What == "display")
            CheckDisplays(options, experiment, things);
        return things;
    }

    /// <summary>To what a subject applies, and what is said of anything else; null where it
    /// applies to all.</summary>
    private static (ThingKind[] Kinds, string Lack, string Allowed)? LackOf(string what) =>
        what switch
        {
            "pci" => (
                [ThingKind.Machine, ThingKind.Nic, ThingKind.VirtualFunction, ThingKind.Display],
                "has no configuration space",
                "a machine, its nic, one of its virtual functions, its display"),
            "rings" => (
                [ThingKind.Machine, ThingKind.Nic, ThingKind.VirtualFunction],
                "has no rings", "a machine, its nic, one of its virtual functions"),
            "display" => (
                [ThingKind.Machine, ThingKind.Display], "has no display",
                "a machine, its display"),
            "tlb" => (
                [ThingKind.Machine, ThingKind.Core, ThingKind.Tenant], "has no TLB",
                "a machine, one of its cores, a tenant"),
            "capabilities" or "bindings" => (
                [ThingKind.Machine, ThingKind.Kernel, ThingKind.Tenant],
                $"has no {what}", "a machine, its kernel, a tenant"),
            _ => null,
        };

    /// <summary>A picture is of one display; as JSON there may be several.</summary>
    private static void CheckDisplays(
        InspectOptions options, Experiment experiment, IReadOnlyList<Thing>? things)
    {
        var found = new List<string>();
        for (var group = 0; group < experiment.Machines.Count; group++)
        {
            if (experiment.Machines[group].Display is null)
                continue;
            for (var member = 0; member < experiment.Machines[group].Count; member++)
            {
                if (things?.Any(thing => IsIn(thing, group, member)) != false)
                    found.Add(experiment.Addresses.Print(
                        new Thing(ThingKind.Display, group, member, 0, 0)));
            }
        }

        if (found.Count == 0)
            throw new ExperimentError(
                options.Target is { } target ? $"--target {target}" : experiment.File,
                options.Target is null ? "no machine has a display" : "has no display",
                "display: { width: 640, height: 480 } on a machine");
        if (found.Count > 1 && !options.Common.Json)
            throw new ExperimentError(
                experiment.File, $"{found.Count} displays",
                $"--json, or --target {string.Join(", ", found.Take(ExamplesShown))}");
    }

    private static bool IsIn(Thing thing, int group, int member) =>
        thing.Group == group && thing.Member == member
        && thing.Kind is (ThingKind.Machine or ThingKind.Display);
}
