using System.Text.Json;
using Disguise.Host.Composition;
using Disguise.Kernels.Abstractions.Inspection;

namespace Disguise.Host.Verbs;

/// <summary>
/// The part of <c>inspect</c> that looks into kernels and TLBs: capabilities, bindings,
/// translations; each entry on a line, or an object.
/// </summary>
internal static class KernelInspections
{
    /// <summary>What can be asked for.</summary>
    public static readonly string[] Subjects = ["capabilities", "bindings", "tlb"];

    /// <summary>Whether a machine's kernel has such a table.</summary>
    public static bool Keeps(string subject, MachineUnderTest machine) =>
        EntriesOf(subject, machine) is not null;

    /// <summary>Prints the entries of each machine that has such a table.</summary>
    public static void Print(
        string subject, IEnumerable<MachineUnderTest> machines, List<string>? targets,
        TextWriter output)
    {
        foreach (var machine in machines)
        {
            Print(
                (EntriesOf(subject, machine) ?? []).Where(entry => IsWanted(entry, targets)),
                output);
        }
    }

    /// <summary>A line an entry; pages and frames in a row share one.</summary>
    private static void Print(IEnumerable<InspectedEntry> entries, TextWriter output)
    {
        InspectedEntry? first = null;
        var count = 0L;
        foreach (var entry in entries)
        {
            if (first?.IsFollowedBy(entry, count) == true)
            {
                count++;
                continue;
            }

            if (first is not null)
                output.WriteLine(first.ToString(count));
            (first, count) = (entry, 1);
        }

        if (first is not null)
            output.WriteLine(first.ToString(count));
    }

    /// <summary>
    /// Writes the entries as an array with the subject's name; null where no machine has such a
    /// table.
    /// </summary>
    public static void Write(
        string subject, IEnumerable<MachineUnderTest> machines, List<string>? targets,
        Utf8JsonWriter json)
    {
        var asked = machines.ToList();
        if (!asked.Exists(machine => Keeps(subject, machine)))
        {
            json.WriteNull(subject);
            return;
        }

        JsonOutput.Array(
            json, subject,
            asked.SelectMany(machine => EntriesOf(subject, machine) ?? [])
                .Where(entry => IsWanted(entry, targets)),
            entry =>
            {
                json.WriteString("address", entry.Address);
                json.WriteString("entry", entry.Kind);
                json.WriteNumber("number", entry.Number);
                foreach (var field in entry.Fields)
                    Write(field, json);
            });
    }

    private static void Write(InspectedField field, Utf8JsonWriter json)
    {
        var name = field.Name.Replace('-', '_');
        if (field.IsMissing)
            json.WriteNull(name);
        else if (field.Value is { } value)
            json.WriteNumber(name, value);
        else
            json.WriteString(name, field.Text);
    }

    private static IEnumerable<InspectedEntry>? EntriesOf(
        string subject, MachineUnderTest machine) => subject switch
        {
            "capabilities" => machine.Kernel.Inspected?.Capabilities,
            "bindings" => machine.Kernel.Inspected?.Bindings,
            _ => TlbsOf(machine).Concat(machine.Kernel.Inspected?.SoftwareTlb ?? []),
        };

    private static IEnumerable<InspectedEntry> TlbsOf(MachineUnderTest machine) =>
        machine.Board.Cores.SelectMany(core => core.Mmu.Tlb.Entries.Select(entry =>
            new InspectedEntry(
                $"{machine.Address}.core[{core.Number}]", "tlb", entry.Place,
                InspectedField.Of("space", entry.Id.Value),
                InspectedField.OfAddress("virtual", (long)entry.VirtualAddress),
                InspectedField.OfAddress("physical", entry.PhysicalAddress),
                InspectedField.Of("rights", entry.Rights))));

    private static bool IsWanted(InspectedEntry entry, List<string>? targets) =>
        targets is null || targets.Exists(target => InspectVerb.IsWithin(entry.Address, target));
}
