using Disguise.Hardware.PciExpress;
using Disguise.Host.Composition;
using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Verbs;

/// <summary>The part of <c>inspect</c> that reads configuration spaces.</summary>
internal static class PciFunctions
{
    /// <summary>The functions of a machine that were asked for, the physical one first.</summary>
    public static string Dump(MachineUnderTest machine, IReadOnlyList<Thing>? things) =>
        LspciDump.Write(machine.Nic.ConfigurationSpaces
            .Where((_, place) => IsWanted(machine, place - 1, things))
            .Concat(Display(machine, things)));

    private static IEnumerable<ConfigurationSpace> Display(
        MachineUnderTest machine, IReadOnlyList<Thing>? things) =>
        machine.Display is { } display && (things is null || things.Any(thing =>
            thing.Kind is (ThingKind.Machine or ThingKind.Display)
            && thing.Group == machine.Group
            && thing.Member == machine.Member))
            ? [display.ConfigurationSpace] : [];

    private static bool IsWanted(
        MachineUnderTest machine, int function, IReadOnlyList<Thing>? things) =>
        things is null || things.Any(thing => thing.Group == machine.Group
            && thing.Member == machine.Member && (thing.Kind == ThingKind.VirtualFunction
                ? thing.Index == function
                : thing.Kind is ThingKind.Machine or ThingKind.Nic));
}
