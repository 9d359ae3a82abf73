using Disguise.Actors.Execution;
using Disguise.Actors.Randomness;
using Disguise.Kernels.Arrakis.AddressSpaces;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Disguise.LibOS.Tests.Worlds;

namespace Disguise.LibOS.Tests.Fuzz;

/// <summary>Control-plane calls of one tenant at random; it keeps its first card and memory.
/// </summary>
internal sealed class RandomCalls(HostileDomain domain, DeterministicRandom random)
{
    private const int HandleLimit = 24;

    private readonly List<Handle> handles = [domain.Domain, domain.Memory, domain.Card];

    /// <summary>Makes one call and waits for its answer.</summary>
    public async EmulatedTask Ask()
    {
        var answer = await domain.Call(Next());
        if (answer.Refusal != RefusalReason.None || answer.Handle == Handle.None)
            return;
        if (handles.Count == HandleLimit)
            handles.RemoveAt(3 + Pick(HandleLimit - 3));
        handles.Add(answer.Handle);
    }

    private Command Next() => Pick(16) switch
    {
        0 => new Command.AllocateMemory(default, Pick(40) - 1),
        1 => new Command.FreeMemory(default, Made()),
        2 or 3 => new Command.MapMemory(
            default, Any(), domain.Domain, Pick(3), PageAt(), 1 + Pick(3),
            (CapabilityRights)Pick(8)),
        4 => new Command.UnmapMemory(default, domain.Domain, PageAt()),
        5 => new Command.ShareMemory(
            default, Any(), new ContainerId(Pick(6), 1), (CapabilityRights)Pick(16)),
        6 => new Command.RevokeShares(default, Any()),
        7 => new Command.TransferCapability(default, Made(), new ContainerId(Pick(6), 1)),
        8 => new Command.CreateCard(default, Any(), Pick(2), Pick(4)),
        9 => new Command.DeleteCard(default, Made()),
        10 => new Command.AssociateDoorbell(
            default, domain.Card, Pick(3), (DoorbellEvent)Pick(3)),
        11 => new Command.SetRate(
            default, domain.Card, Pick(2), (FilterDirection)Pick(3),
            Pick(11) * 1_000_000_000L),
        12 or 13 => new Command.CreateFilter(default, Specification()),
        14 => new Command.AssignFilter(default, Any(), domain.Card, Pick(2)),
        _ => Pick(3) switch
        {
            0 => new Command.RemoveFilter(default, Made()),
            1 => new Command.RevokeCard(ContainerId.Operator, Pick(8)),
            _ => new Command.DestroyContainer(
                ContainerId.Operator, new ContainerId(Pick(6), 1)),
        },
    };

    /// <summary>A handle that it was given, one that leaked, or one that it made up.</summary>
    private Handle Any()
    {
        var leaked = domain.World.LeakedHandles;
        return Pick(12) switch
        {
            0 => new Handle(random.Next()),
            1 => Handle.Of(Pick(100), random.Below(1UL << 40)),
            2 when leaked.Count > 0 => leaked[Pick(leaked.Count)],
            _ => handles[Pick(handles.Count)],
        };
    }

    private Handle Made() =>
        handles.Count > 3 && Pick(4) != 0 ? handles[3 + Pick(handles.Count - 3)] : Foreign();

    private Handle Foreign()
    {
        var leaked = domain.World.LeakedHandles;
        return leaked.Count > 0 ? leaked[Pick(leaked.Count)] : new Handle(random.Next());
    }

    private long PageAt() => Pick(4) switch
    {
        0 => (long)random.Below(1L << 37) - 1_000,
        1 => (long)random.Below(0x104),
        _ => DomainLayout.FirstFreePage + HostileDomain.DataPages + Pick(20),
    };

    private FilterSpecification Specification()
    {
        var tenant = Pick(6);
        return new FilterSpecification
        {
            Direction = (FilterDirection)Pick(3),
            Level = (FilterLevel)Pick(4),
            LocalMac = TenantWorld.MacOf(tenant).Value,
            LocalIp = TenantWorld.IpOf(tenant).Value,
            Peers = Pick(3) == 0 ? [FilterPeer.OfIp(0x0A00_0000, 24, 9)] : [],
            Services = Pick(2) == 0 ? [(ushort)Pick(30)] : [],
        };
    }

    private int Pick(int limit) => (int)random.Below((ulong)limit);
}
