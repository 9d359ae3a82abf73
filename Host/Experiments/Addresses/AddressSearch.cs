namespace Disguise.Host.Experiments.Addresses;

/// <summary>Walks an address's steps through one machine group, client group or switch.</summary>
internal sealed class AddressSearch(Address address, string where, bool group)
{
    private readonly bool group = group || address.Percent is not null;

    public void InMachines(MachineGroup machine, int index, List<Thing> things)
    {
        foreach (var member in Members(0, machine.Count, machine.Name))
        {
            if (address.Segments.Count == 1)
                Add(things, new Thing(ThingKind.Machine, index, member, 0, 0));
            else
                InMachine(machine, new Thing(ThingKind.Machine, index, member, 0, 0), things);
        }
    }

    public void InClients(ClientGroup client, int index, List<Thing> things)
    {
        if (address.Segments.Count > 1 && address.Segments[1].Name != "link")
            throw Unknown(1, ["link"]);
        if (address.Segments.Count > 1)
            Single(1);
        var kind = address.Segments.Count > 1 ? ThingKind.ClientLink : ThingKind.Client;
        if (address.Segments.Count > 2)
            throw Unknown(2, []);
        foreach (var member in Members(0, client.Count, client.Name))
            Add(things, new Thing(kind, index, member, 0, 0));
    }

    public void AtSwitch(int index, List<Thing> things)
    {
        if (address.Segments.Count > 1)
            throw Unknown(1, []);
        Single(0);
        Add(things, new Thing(ThingKind.Switch, index, 0, 0, 0));
    }

    /// <summary>The error for a step that names nothing.</summary>
    public ExperimentError Unknown(int step, IReadOnlyList<string> known)
    {
        var name = address.Segments[step].Name;
        var before = step == 0 ? "" : $" in {string.Join('.', address.Segments.Take(step))}";
        return Nearest.To(name, known) is { } nearest
            ? Error($"no {name}{before}, did you mean {nearest}", string.Join(", ", known))
            : Error($"no {name}{before}, as nothing is inside it");
    }

    private void InMachine(MachineGroup machine, Thing at, List<Thing> things)
    {
        var name = address.Segments[1].Name;
        for (var tenants = 0; tenants < machine.Tenants.Count; tenants++)
        {
            if (machine.Tenants[tenants].Name != name)
                continue;
            End(2);
            foreach (var index in Members(1, machine.Tenants[tenants].CountOn(at.Member), name))
                Add(things, at with { Kind = ThingKind.Tenant, Tenants = tenants, Index = index });
            return;
        }

        switch (name)
        {
            case "kernel":
                Leaf(at with { Kind = ThingKind.Kernel }, things);
                break;
            case "link":
                Leaf(at with { Kind = ThingKind.MachineLink }, things);
                break;
            case "display" when machine.Display is not null:
                Leaf(at with { Kind = ThingKind.Display }, things);
                break;
            case "core":
                End(2);
                foreach (var index in Members(1, machine.Cores, name))
                    Add(things, at with { Kind = ThingKind.Core, Index = index });
                break;
            case "nic":
                Device(at, ThingKind.Nic, machine.Nic.VirtualFunctions, things);
                break;
            case "nvme" when machine.Nvme is { } nvme:
                Device(at, ThingKind.Nvme, nvme.VirtualFunctions, things);
                break;
            default:
                throw Unknown(
                    1,
                    [
                        .. machine.Tenants.Select(t => t.Name),
                        .. AddressBook.MachineParts.Where(part =>
                            (part != "nvme" || machine.Nvme is not null)
                            && (part != "display" || machine.Display is not null)
                        ),
                    ]
                );
        }
    }

    private void Device(Thing at, ThingKind kind, int virtualFunctions, List<Thing> things)
    {
        Single(1);
        if (address.Segments.Count == 2)
        {
            Add(things, at with { Kind = kind });
            return;
        }

        if (address.Segments[2].Name != "vf")
            throw Unknown(2, ["vf"]);
        End(3);
        var function =
            kind == ThingKind.Nic ? ThingKind.VirtualFunction : ThingKind.NvmeVirtualFunction;
        foreach (var index in Members(2, virtualFunctions, "vf"))
            Add(things, at with { Kind = function, Index = index });
    }

    private void Leaf(Thing thing, List<Thing> things)
    {
        Single(1);
        End(2);
        Add(things, thing);
    }

    private void End(int steps)
    {
        if (address.Segments.Count > steps)
            throw Unknown(steps, []);
    }

    private void Single(int step) => _ = Members(step, 1, address.Segments[step].Name).Count();

    private IEnumerable<int> Members(int step, int count, string name)
    {
        var selector = address.Segments[step].Selector;
        if (!selector.Given && count != 1 && !group)
            throw Error(
                $"{name} is {count} things",
                count == 0 ? null : $"{name}[0..{count - 1}], {name}[*]"
            );
        if (selector.Given && selector.Last != int.MaxValue && selector.Last >= count)
        {
            throw Error(
                $"no {name}[{selector.Last}]",
                count == 0 ? $"none, as there is no {name}"
                    : count == 1 ? name
                    : $"{name}[0..{count - 1}]"
            );
        }

        var last = selector.Given ? Math.Min(selector.Last, count - 1) : count - 1;
        return Enumerable.Range(selector.First, Math.Max(0, last - selector.First + 1));
    }

    private void Add(List<Thing> things, Thing thing)
    {
        if (things.Count == AddressBook.MostThings)
            throw Error("names too many things", $"{AddressBook.MostThings} at most");
        things.Add(thing);
    }

    private ExperimentError Error(string what, string? allowed = null) =>
        new(
            where,
            where.EndsWith(address.ToString(), StringComparison.Ordinal)
                ? what
                : $"address {address}: {what}",
            allowed
        );
}
