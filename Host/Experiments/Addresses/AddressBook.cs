namespace Disguise.Host.Experiments.Addresses;

/// <summary>
/// Every thing in an experiment that has an address: machines with their kernel, cores, NIC,
/// storage, link and tenants; clients with their link; switches.
/// </summary>
public sealed class AddressBook
{
    /// <summary>Most things that one address may name.</summary>
    public const int MostThings = 4_000_000;

    /// <summary>The switch where the experiment names none.</summary>
    public const string TheSwitch = "switch";

    /// <summary>Names that a tenant group cannot have, as its machine has them already.</summary>
    public static readonly IReadOnlyList<string> MachineParts =
    [
        "core",
        "display",
        "kernel",
        "link",
        "nic",
        "nvme",
    ];

    private readonly IReadOnlyList<MachineGroup> machines;
    private readonly IReadOnlyList<ClientGroup> clients;
    private readonly IReadOnlyList<string> switches;

    /// <summary>The addresses of an experiment's machines, clients and switches.</summary>
    /// <param name="machines">Machine groups.</param>
    /// <param name="clients">Client groups.</param>
    /// <param name="switches">Names of switches; if there are none, one is called switch.</param>
    public AddressBook(
        IReadOnlyList<MachineGroup> machines,
        IReadOnlyList<ClientGroup> clients,
        IReadOnlyList<string> switches
    )
    {
        this.machines = machines;
        this.clients = clients;
        this.switches = switches.Count == 0 ? [TheSwitch] : switches;
    }

    /// <summary>
    /// The things that an address names, in the book's order. A share (<c>10% of</c>) is drawn by
    /// the seed and the address: at least one thing, else the nearest whole number.
    /// </summary>
    /// <param name="address">The address.</param>
    /// <param name="seed">The experiment's seed.</param>
    /// <param name="where">Where the address was written, for an error.</param>
    /// <param name="group">
    /// Whether a step without brackets may mean all of several members, as it does in a share.
    /// </param>
    /// <exception cref="ExperimentError">It names nothing, or too much.</exception>
    public IReadOnlyList<Thing> Resolve(
        Address address,
        ulong seed,
        string? where = null,
        bool group = false
    )
    {
        var search = new AddressSearch(address, where ?? $"address {address}", group);
        var things = new List<Thing>();
        var first = address.Segments[0];
        if (IndexOf(machines, machine => machine.Name == first.Name) is { } machine)
            search.InMachines(machines[machine], machine, things);
        else if (IndexOf(clients, client => client.Name == first.Name) is { } client)
            search.InClients(clients[client], client, things);
        else if (IndexOf(switches, name => name == first.Name) is { } named)
            search.AtSwitch(named, things);
        else
            throw search.Unknown(
                0,
                [.. machines.Select(m => m.Name), .. clients.Select(c => c.Name), .. switches]
            );
        return address.Percent is { } percent ? Draw(address, percent, seed, things) : things;
    }

    /// <summary>
    /// Tenants that a client's <c>target:</c> names: an address, or a tenant group's name alone,
    /// which means its tenants on all machines.
    /// </summary>
    /// <exception cref="ExperimentError">
    /// It names nothing, or something that is no tenant.
    /// </exception>
    public IReadOnlyList<Thing> ResolveTargets(Address address, ulong seed, string where)
    {
        var first = address.Segments[0];
        var isPlace = Roots().Contains(first.Name);
        if (isPlace || address.Segments.Count > 1)
        {
            var things = Resolve(address, seed, where, group: true);
            if (things.Any(thing => thing.Kind != ThingKind.Tenant))
                throw new ExperimentError(where, $"target {address} is no tenant", TenantNames());
            return things;
        }

        var named = machines.SelectMany(machine => machine.Tenants).Any(t => t.Name == first.Name);
        if (!named || first.Selector.Given)
        {
            var nearest = Nearest.To(
                first.Name,
                machines.SelectMany(m => m.Tenants).Select(t => t.Name)
            );
            throw new ExperimentError(
                where,
                nearest is null || named
                    ? $"no target {address}"
                    : $"no target {address}, did you mean {nearest}",
                TenantNames()
            );
        }

        var all = new List<Thing>();
        for (var group = 0; group < machines.Count; group++)
        {
            if (machines[group].Tenants.All(tenants => tenants.Name != first.Name))
                continue;
            var inside = Address.Of(
                new AddressSegment(machines[group].Name, AddressSelector.All),
                first
            );
            new AddressSearch(inside, where, true).InMachines(machines[group], group, all);
        }

        return address.Percent is { } percent ? Draw(address, percent, seed, all) : all;
    }

    /// <summary>The address of a thing: an index where its group has several members.</summary>
    public Address AddressOf(Thing thing)
    {
        if (thing.Kind == ThingKind.Switch)
            return Address.Of(Step(switches[thing.Group], 0, 1));
        if (thing.Kind is ThingKind.Client or ThingKind.ClientLink)
        {
            var client = Step(clients[thing.Group].Name, thing.Member, clients[thing.Group].Count);
            return thing.Kind == ThingKind.Client
                ? Address.Of(client)
                : Address.Of(client, Step("link"));
        }

        var machine = machines[thing.Group];
        var at = Step(machine.Name, thing.Member, machine.Count);
        return thing.Kind switch
        {
            ThingKind.Machine => Address.Of(at),
            ThingKind.Kernel => Address.Of(at, Step("kernel")),
            ThingKind.MachineLink => Address.Of(at, Step("link")),
            ThingKind.Nic => Address.Of(at, Step("nic")),
            ThingKind.Nvme => Address.Of(at, Step("nvme")),
            ThingKind.Display => Address.Of(at, Step("display")),
            ThingKind.Core => Address.Of(at, Step("core", thing.Index, machine.Cores)),
            ThingKind.Tenant => Address.Of(
                at,
                Step(
                    machine.Tenants[thing.Tenants].Name,
                    thing.Index,
                    machine.Tenants[thing.Tenants].CountOn(thing.Member)
                )
            ),
            ThingKind.VirtualFunction => Address.Of(
                at,
                Step("nic"),
                Step("vf", thing.Index, machine.Nic.VirtualFunctions)
            ),
            ThingKind.NvmeVirtualFunction => Address.Of(
                at,
                Step("nvme"),
                Step("vf", thing.Index, machine.Nvme?.VirtualFunctions ?? 0)
            ),
            _ => throw new InvalidOperationException($"no address for a {thing.Kind}"),
        };
    }

    /// <summary>The address as text.</summary>
    public string Print(Thing thing) => AddressOf(thing).ToString();

    /// <summary>The actor's path below the root of everything.</summary>
    public string ActorPath(Thing thing) => AddressOf(thing).ToActorPath();

    /// <summary>
    /// All addresses, a line for each group of things: <c>server.echo[0..15]</c>.
    /// </summary>
    public IReadOnlyList<string> Groups()
    {
        var lines = new List<string>();
        foreach (var machine in machines)
        {
            var at = Span(machine.Name, machine.Count);
            lines.AddRange([
                at,
                $"{at}.kernel",
                $"{at}.{Span("core", machine.Cores)}",
                $"{at}.link",
                $"{at}.nic",
                $"{at}.nic.{Span("vf", machine.Nic.VirtualFunctions)}",
            ]);
            if (machine.Display is not null)
                lines.Add($"{at}.display");
            if (machine.Nvme is { } nvme)
                lines.AddRange([$"{at}.nvme", $"{at}.nvme.{Span("vf", nvme.VirtualFunctions)}"]);
            lines.AddRange(
                machine.Tenants.Select(t =>
                    t.CountOn(0) == t.CountOn(machine.Count - 1)
                        ? $"{at}.{Span(t.Name, t.CountOn(0))}"
                        : $"{at}.{t.Name}[*]"
                )
            );
        }

        foreach (var client in clients)
            lines.AddRange([
                Span(client.Name, client.Count),
                $"{Span(client.Name, client.Count)}.link",
            ]);
        lines.AddRange(switches);
        return lines;
    }

    internal static string Span(string name, int count) =>
        count <= 1 ? name : $"{name}[0..{count - 1}]";

    private static AddressSegment Step(string name, int index = 0, int count = 1) =>
        new(name, count > 1 ? AddressSelector.One(index) : AddressSelector.None);

    private static int? IndexOf<T>(IReadOnlyList<T> items, Func<T, bool> matches)
    {
        for (var index = 0; index < items.Count; index++)
            if (matches(items[index]))
                return index;
        return null;
    }

    /// <summary>A draw depends on the seed and on the address, and on nothing else.</summary>
    private static List<Thing> Draw(
        Address address,
        decimal percent,
        ulong seed,
        List<Thing> things
    )
    {
        var stream = 0xCBF29CE484222325; // FNV-1a over the text
        foreach (var character in address.ToString())
            stream = (stream ^ character) * 0x100000001B3;
        var wanted = decimal.Round(things.Count * percent / 100, MidpointRounding.AwayFromZero);
        var count = things.Count == 0 ? 0 : Math.Max(1, (int)wanted);
        return new SplitMix64(seed ^ stream).Choose(things, count);
    }

    private IEnumerable<string> Roots() =>
        machines.Select(m => m.Name).Concat(clients.Select(c => c.Name)).Concat(switches);

    private string TenantNames() =>
        string.Join(
            ", ",
            machines.SelectMany(machine =>
                machine.Tenants.Select(tenants => $"{machine.Name}.{tenants.Name}")
            )
        );
}
