using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Experiments.Expectations;
using Disguise.Host.Experiments.Keys;
using Disguise.Host.Experiments.Source;

namespace Disguise.Host.Experiments;

/// <summary>Turns checked values into the model, and checks what must fit together.</summary>
internal sealed class ExperimentBinder(
    KeyTable table,
    ExperimentCatalog catalog,
    string file,
    string yaml,
    LoadedSettings settings
)
{
    public Experiment Bind(SourceMapping tree)
    {
        var state = new ReadingState();
        var values = table.Root.Read(tree, "", state);
        var seed = values.Get<ulong>("seed");
        var machineValues = values.List<SectionValues>("machines");
        var machines = machineValues
            .Select(new MachineBinder(table, values.Get<string>("platform"), file).Bind)
            .ToList();
        var switches = values
            .List<SectionValues>("switches")
            .Select(s => new SwitchSettings(s.Get<string>("name"), s.Get<long>("latency")))
            .ToList();
        CheckNames(values, machines, switches);
        var clients = Clients(values, machines, switches, seed);
        var book = new AddressBook(machines, clients, [.. switches.Select(s => s.Name)]);
        return new Experiment
        {
            Name = values.Get<string>("name"),
            File = file,
            EffectiveYaml = yaml,
            Platform = values.Get<string>("platform"),
            Profile = values.Get<string>("profile"),
            PlatformSettings = settings.Platform,
            ProfileSettings = settings.Profile,
            Seed = seed,
            WarmUpPs = values.Get<long>("warm-up"),
            DurationPs = values.Get<long>("duration"),
            IntervalPs = Interval(values),
            Architectures = Architectures(values),
            Network = Network(values.Section("network", table.Network)),
            Switches = switches,
            Links = Links(
                values,
                [
                    .. machines.Select(m => m.Name),
                    .. clients.Select(c => c.Name),
                    .. switches.Select(s => s.Name),
                ]
            ),
            Machines = machines,
            Clients = clients,
            Injections = new InjectionBinder(
                catalog,
                book,
                seed,
                values.Get<long>("duration")
            ).Bind(values),
            Recording = Record(values.Section("record", table.Record), book, seed),
            Expectations = values.List<Expectation>("expect"),
            Sweep = Sweep(values),
            Repetition = values.Find<SectionValues>("repeat") is { } repeat
                ? new Repetition(
                    repeat.Integer("seeds"),
                    repeat.FindValue<decimal>("until-half-width")
                )
                : null,
            Plugins = values.List<string>("plugins"),
            PluginArchitectures = catalog.PluginArchitectures,
            Addresses = book,
            UsedMechanisms = state.Mechanisms,
            Places = PlacesOf(values),
        };
    }

    /// <summary>Where stands what an architecture may not fit, and each expectation.</summary>
    private static Dictionary<string, string> PlacesOf(SectionValues values)
    {
        var places = new Dictionary<string, string>();
        void Add(string path, SectionValues section, string key)
        {
            if (section.IsGiven(key))
                places[path] = section.Where(key).ToString();
        }

        Add("platform", values, "platform");
        for (var index = 0; index < values.List<Expectation>("expect").Count; index++)
            places[$"expect[{index}]"] = values.Where("expect", index).ToString();
        foreach (var machine in values.List<SectionValues>("machines"))
        {
            var at = $"machines.{machine.Get<string>("name")}";
            Add($"{at}.display", machine, "display");
            foreach (var tenants in machine.List<SectionValues>("tenants"))
                Add($"{at}.tenants.{tenants.Get<string>("name")}.app", tenants, "app");
        }

        return places;
    }

    private static void CheckNames(
        SectionValues values,
        List<MachineGroup> machines,
        List<SwitchSettings> switches
    )
    {
        var taken = new Dictionary<string, string>();
        foreach (var machine in machines)
            taken[machine.Name] = "a machine group";
        var clients = values.List<SectionValues>("clients");
        foreach (
            var (key, names) in new[]
            {
                ("clients", clients.Select(client => client.Get<string>("name")).ToList()),
                ("switches", [.. switches.Select(s => s.Name)]),
            }
        )
        {
            for (var index = 0; index < names.Count; index++)
            {
                if (!taken.TryAdd(names[index], key))
                    throw values
                        .Where(key, index)
                        .Error(
                            $"{key}.{names[index]}: {taken[names[index]]} has that name",
                            "a name of its own"
                        );
            }
        }

        if (switches.Count > 0 || !taken.TryGetValue(AddressBook.TheSwitch, out var holder))
            return;
        var where = holder == "clients" ? "clients" : "machines";
        throw values
            .Where(where)
            .Error($"{where}.{AddressBook.TheSwitch}: the switch has that name", "another name");
    }

    private static List<ClientGroup> Clients(
        SectionValues values,
        List<MachineGroup> machines,
        List<SwitchSettings> switches,
        ulong seed
    )
    {
        var sections = values.List<SectionValues>("clients");
        var names = sections.Select(client => client.Get<string>("name")).ToList();
        var targets = new AddressBook(machines, [], [.. switches.Select(s => s.Name)]);
        return [.. sections.Select(client => new ClientBinder(targets, names, seed).Bind(client))];
    }

    private static long? Interval(SectionValues values)
    {
        var interval = values.FindValue<long>("interval");
        var duration = values.Get<long>("duration");
        if (interval is { } step && (step > duration || duration / step > 1_000_000))
        {
            throw values.Error(
                "interval",
                $"{Units.PrintTime(step)} in a duration of " + Units.PrintTime(duration),
                "1 to 1000000 steps"
            );
        }

        return interval;
    }

    private static List<string> Architectures(SectionValues values)
    {
        var names = values.List<string>("architecture");
        for (var index = 1; index < names.Count; index++)
        {
            if (names.Take(index).Contains(names[index]))
                throw values
                    .Where("architecture", index)
                    .Error($"architecture: {names[index]} stands there twice", "each once");
        }

        return [.. names];
    }

    private NetworkSettings Network(SectionValues network)
    {
        var leafSpine = network.Get<string>("topology") == "leaf-spine";
        foreach (var key in new[] { "racks", "spines", "uplink" })
        {
            if (leafSpine && key != "uplink" && !network.Has(key))
                throw network.Position.Error(
                    $"network.topology leaf-spine has no {key}",
                    "a whole number"
                );
            if (!leafSpine && network.Has(key))
                throw network.Error(key, "the topology is star", "topology: leaf-spine");
        }

        return new NetworkSettings(
            Quality(network),
            network.Get<long>("switch-latency"),
            leafSpine
                ? new LeafSpineTopology(
                    network.Integer("racks"),
                    network.Integer("spines"),
                    Quality(network.Section("uplink", table.Uplink))
                )
                : null
        );
    }

    private static LinkQuality Quality(SectionValues link) =>
        new(link.Get<long>("bandwidth"), link.Get<long>("latency"), link.Get<decimal>("loss"));

    private static List<LinkSettings> Links(SectionValues values, List<string> ends)
    {
        var links = new List<LinkSettings>();
        foreach (var link in values.List<SectionValues>("links"))
        {
            foreach (var end in new[] { "from", "to" })
            {
                var name = link.Get<string>(end);
                if (!ends.Contains(name))
                    throw link.Error(
                        end,
                        $"no {name}, did you mean {Nearest.To(name, ends)}",
                        string.Join(", ", ends)
                    );
            }

            var (from, to) = (link.Get<string>("from"), link.Get<string>("to"));
            if (from == to)
                throw link.Error("to", $"{to} is linked to itself", "another end");
            links.Add(new LinkSettings(from, to, Quality(link)));
        }

        return links;
    }

    private static Recording Record(SectionValues record, AddressBook book, ulong seed)
    {
        var packets = new List<Thing>();
        var addresses = record.List<Address>("packets");
        for (var index = 0; index < addresses.Count; index++)
        {
            var where = record.Where("packets", index);
            foreach (var thing in book.Resolve(addresses[index], seed, where.ToString()))
            {
                if (
                    thing.Kind
                    is not (
                        ThingKind.VirtualFunction
                        or ThingKind.Nic
                        or ThingKind.MachineLink
                        or ThingKind.ClientLink
                    )
                )
                    throw where.Error(
                        $"record.packets: no frames pass {addresses[index]}",
                        "a link, a NIC or a virtual function of one"
                    );
                if (!packets.Contains(thing))
                    packets.Add(thing);
                if (packets.Count > Recording.MostPoints)
                    throw where.Error(
                        "record.packets names too much",
                        $"{Recording.MostPoints} at most"
                    );
            }
        }

        return new Recording(packets, record.Get<bool>("trace"));
    }

    private static List<SweepAxis> Sweep(SectionValues values) =>
        values.Find<SourceMapping>("sweep") is { } sweep
            ?
            [
                .. sweep.Entries.Select(axis => new SweepAxis(
                    axis.Key.Text,
                    [.. ((SourceSequence)axis.Value).Items.Select(SourceWriter.WriteInline)]
                )),
            ]
            : [];
}
