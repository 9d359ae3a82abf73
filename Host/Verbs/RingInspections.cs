using System.Text.Json;
using Disguise.Hardware.Nic;
using Disguise.Host.Composition;
using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Verbs;

/// <summary>
/// The part of <c>inspect</c> that reads the registers of rings: those of virtual functions, and
/// those of the physical one where a kernel or a server drives it.
/// </summary>
internal static class RingInspections
{
    private const int PhysicalFunction = -1;

    /// <summary>A line for each ring.</summary>
    public static void Print(
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

    /// <summary>An object for each ring.</summary>
    public static void Write(
        IEnumerable<MachineUnderTest> machines, IReadOnlyList<Thing>? things,
        Utf8JsonWriter json) => JsonOutput.Array(
            json, "rings", machines.SelectMany(machine => RingsOf(machine, things)), found =>
            {
                json.WriteString("function", found.Function);
                json.WriteString("direction", found.Ring.Direction.ToString().ToLowerInvariant());
                json.WriteNumber("queue", found.Ring.Queue);
                json.WriteNumber("base_address", found.Ring.BaseAddress);
                json.WriteNumber("descriptors", found.Ring.Descriptors);
                json.WriteNumber("head", found.Ring.Head);
                json.WriteNumber("tail", found.Ring.Tail);
                json.WriteNumber("bits_per_second", found.Ring.BitsPerSecond);
            });

    /// <summary>The rings that are enabled, of the functions that were asked for.</summary>
    private static IEnumerable<(string Function, RingState Ring)> RingsOf(
        MachineUnderTest machine, IReadOnlyList<Thing>? things)
    {
        for (var number = PhysicalFunction; number < machine.Nic.VirtualFunctionCount; number++)
        {
            if (things?.Any(thing => Names(thing, machine, number)) == false
                || machine.Nic.StateOf(number) is not { } state)
                continue;
            foreach (var ring in state.Rings)
            {
                if (ring.IsEnabled)
                    yield return (state.Address, ring);
            }
        }
    }

    private static bool Names(Thing thing, MachineUnderTest machine, int function) =>
        thing.Group == machine.Group && thing.Member == machine.Member
        && (thing.Kind is ThingKind.Machine or ThingKind.Nic
            || (thing.Kind == ThingKind.VirtualFunction && thing.Index == function));
}
