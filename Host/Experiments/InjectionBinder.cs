using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Experiments.Keys;

namespace Disguise.Host.Experiments;

/// <summary>Makes injections out of checked values.</summary>
internal sealed class InjectionBinder(
    ExperimentCatalog catalog,
    AddressBook book,
    ulong seed,
    long durationPs
)
{
    public List<Injection> Bind(SectionValues experiment) =>
        [.. experiment.List<SectionValues>("inject").Select(Injection)];

    private Injection Injection(SectionValues injection)
    {
        var atPs = injection.Get<long>("at");
        if (atPs >= durationPs)
            throw injection.Error(
                "at",
                $"{Units.PrintTime(atPs)} is past the end",
                $"a time before the duration, {Units.PrintTime(durationPs)}"
            );
        if (injection.Find<SectionValues>("revoke") is { } revoke)
            return Revocation(atPs, revoke);
        if (injection.Find<SectionValues>("fault") is { } fault)
            return Fault(atPs, fault);
        throw injection.Position.Error($"{injection.Path} says not what happens", "revoke, fault");
    }

    private Revocation Revocation(long atPs, SectionValues revoke)
    {
        var ask = revoke.Get<string>("mode") == "ask";
        if (!ask && revoke.Has("deadline"))
            throw revoke.Error("deadline", "what is taken by force has no deadline", "mode: ask");
        if (revoke.Has("amount") && revoke.Get<string>("resource") != "memory")
            throw revoke.Error(
                "amount",
                $"of {revoke.Get<string>("resource")} there is one",
                "resource: memory"
            );
        ThingKind[] kinds = revoke.Get<string>("resource") switch
        {
            "network" or "virtual-function" or "filter" =>
            [
                ThingKind.Tenant,
                ThingKind.VirtualFunction,
            ],
            "storage" => [ThingKind.Tenant, ThingKind.NvmeVirtualFunction],
            "processor" or "time-slice" => [ThingKind.Tenant, ThingKind.Core],
            _ => [ThingKind.Tenant],
        };
        var address = revoke.Get<Address>("target");
        return new Revocation(
            atPs,
            address,
            Things(revoke, address, kinds),
            revoke.Get<string>("resource"),
            ask,
            revoke.FindValue<long>("deadline"),
            (int)(revoke.FindValue<long>("amount") ?? 1)
        );
    }

    private FaultInjection Fault(long atPs, SectionValues fault)
    {
        var kind =
            catalog.Faults.Find(fault.Get<string>("kind"))
            ?? throw new InvalidOperationException("a fault passed its check and has no kind");
        var address = fault.Get<Address>("target");
        return new FaultInjection(
            atPs,
            address,
            Things(fault, address, kind.Targets),
            kind.Name,
            fault.FindValue<long>("for")
        );
    }

    private IReadOnlyList<Thing> Things(
        SectionValues injection,
        Address address,
        IReadOnlyList<ThingKind> kinds
    )
    {
        var things = book.Resolve(address, seed, injection.Where("target").ToString());
        if (things.Any(thing => !kinds.Contains(thing.Kind)))
            throw injection.Error(
                "target",
                $"{address} cannot be the target of this",
                string.Join(", ", kinds.Select(Example))
            );
        return things;
    }

    private static string Example(ThingKind kind) =>
        kind switch
        {
            ThingKind.Tenant => "a tenant (server.echo[3])",
            ThingKind.VirtualFunction => "a virtual function (server.nic.vf[7])",
            ThingKind.NvmeVirtualFunction => "a virtual function (server.nvme.vf[7])",
            ThingKind.Core => "a core (server.core[0])",
            ThingKind.Nic => "a NIC (server.nic)",
            ThingKind.MachineLink => "a machine's link (server.link)",
            ThingKind.ClientLink => "a client's link (load[4].link)",
            ThingKind.Machine => "a machine (server[2])",
            ThingKind.Kernel => "a kernel (server.kernel)",
            ThingKind.Display => "a display (server.display)",
            ThingKind.Nvme => "a storage device (server.nvme)",
            ThingKind.Client => "a client (load[4])",
            ThingKind.Switch => "a switch (switch)",
            _ => throw new InvalidOperationException($"no example of a {kind}"),
        };
}
