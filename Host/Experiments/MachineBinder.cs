using Disguise.Hardware.Display;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Platforms;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Experiments.Keys;
using Disguise.LibOS.Domains;

namespace Disguise.Host.Experiments;

/// <summary>Makes machine groups and their tenants out of checked values.</summary>
internal sealed class MachineBinder(KeyTable table, string platform, string file)
{
    public MachineGroup Bind(SectionValues machine)
    {
        var count = machine.Integer("count");
        var cores = machine.Integer("cores");
        var nic = machine.Section("nic", table.Nic);
        var nvme = machine.Find<SectionValues>("nvme");
        var display = Display(machine);
        return new MachineGroup
        {
            Name = machine.Get<string>("name"),
            Count = count,
            Cores = cores,
            MemoryBytes = machine.Get<long>("memory"),
            TimeSlicePs = machine.FindValue<long>("time-slice"),
            Nic = new NicSettings(
                VirtualFunctions(nic),
                nic.Get<string>("when-vfs-run-out") == "emulate"
            ),
            Display = display,
            Nvme = nvme is null
                ? null
                : new NvmeSettings(
                    nvme.Integer("vfs"),
                    nvme.Get<long>("size"),
                    nvme.Get<long>("write-latency")
                ),
            Architecture = machine.Find<string>("architecture"),
            Platform = machine.Find<string>("platform"),
            Spread =
                machine.Find<string>("spread") == "pack" ? MachineSpread.Pack : MachineSpread.Racks,
            Tenants = Tenants(machine, count, cores, display),
        };
    }

    private static DisplaySettings? Display(SectionValues machine)
    {
        if (machine.Find<SectionValues>("display") is not { } display)
            return null;
        var settings = new DisplaySettings(display.Integer("width"), display.Integer("height"));
        return settings.Width * settings.Height <= DisplayOptions.MostPixels ? settings
            : throw display.Error(
                "height", $"{settings.Width} x {settings.Height} pixels",
                $"{DisplayOptions.MostPixels} pixels at most");
    }

    /// <summary>No more than the card of the platform has.</summary>
    private int VirtualFunctions(SectionValues nic)
    {
        var asked = nic.Get<long>("vfs");
        var card = PlatformFiles.Load(platform, file).Nic;
        if (asked == Kinds.All || (card.MaximumVirtualFunctions == 0 && !nic.IsGiven("vfs")))
            return card.MaximumVirtualFunctions;
        if (card.MaximumVirtualFunctions == 0)
            throw nic.Error("vfs", $"{asked}, and the {card} of {platform} has none", "all");
        if (asked > card.MaximumVirtualFunctions)
            throw nic.Error(
                "vfs",
                $"{asked}, and the {card} of {platform} has {card.MaximumVirtualFunctions}",
                $"1 to {card.MaximumVirtualFunctions}, all"
            );
        return (int)asked;
    }

    private static List<TenantGroup> Tenants(
        SectionValues machine, int machines, int cores, DisplaySettings? display)
    {
        var groups = new List<TenantGroup>();
        var windows = new WindowFit(display);
        var conversations = new ConversationFit();
        var own = 0;
        long all = 0;
        foreach (var tenants in machine.List<SectionValues>("tenants"))
        {
            var group = Group(tenants, machines, cores);
            groups.Add(group);
            windows.Add(tenants, group);
            conversations.Add(tenants, group);
            all += group.TotalCount;
            if (all > AddressBook.MostThings)
                throw tenants.Position.Error(
                    $"{machine.Path} has {all} tenants and more",
                    $"{AddressBook.MostThings} at most"
                );
            if (!group.Core.IsOwn || group.Churn is not null)
                continue;
            own += group.CountOn(0);
            if (own > cores)
                throw tenants.Error(
                    "core",
                    $"{own} tenants on a machine want a core of their own, "
                        + $"and it has {cores}",
                    "shared, a core's number, or fewer tenants"
                );
        }

        conversations.Check(machine);
        return groups;
    }

    private static TenantGroup Group(SectionValues tenants, int machines, int cores)
    {
        var name = tenants.Get<string>("name");
        if (AddressBook.MachineParts.Contains(name))
            throw tenants.Error(
                "name",
                $"a machine has a {name} already",
                $"a name other than {string.Join(", ", AddressBook.MachineParts)}"
            );
        var total =
            tenants.FindValue<long>("total") ?? (tenants.FindValue<long>("count") ?? 1) * machines;
        if (total > AddressBook.MostThings)
            throw tenants.Error(
                tenants.Has("total") ? "total" : "count",
                $"{total} tenants in all",
                $"{AddressBook.MostThings} at most"
            );
        var core = tenants.Get<CoreChoice>("core");
        if (core.Number >= cores)
            throw tenants.Error(
                "core",
                $"no core {core.Number} in a machine of {cores}",
                $"shared, own, or a number from 0 to {cores - 1}"
            );
        var rateLimit = tenants.Get<long>("rate-limit");
        return new TenantGroup
        {
            Name = name,
            Machines = machines,
            TotalCount = total,
            Application = tenants.Get<ApplicationSettings>("app"),
            Interface =
                tenants.Get<string>("interface") == "posix"
                    ? TenantInterface.Posix
                    : TenantInterface.Native,
            Core = core,
            Wait = tenants.Get<WaitPolicy>("wait"),
            RateLimitBitsPerSecond = rateLimit == Kinds.NoRateLimit ? null : rateLimit,
            Revocation = tenants.Get<string>("revocation") switch
            {
                "late" => RevocationAnswer.Late,
                "ignore" => RevocationAnswer.Ignore,
                "hostile" => RevocationAnswer.Hostile,
                _ => RevocationAnswer.Yield,
            },
            SpreadServers = tenants.Get<string>("servers") == "spread",
            Churn =
                tenants.Has("start") || tenants.Has("arrive") || tenants.Has("lifetime")
                    ? new Churn(
                        tenants.FindValue<long>("start") ?? 0,
                        tenants.FindValue<decimal>("arrive"),
                        tenants.FindValue<long>("lifetime")
                    )
                    : null,
        };
    }
}
