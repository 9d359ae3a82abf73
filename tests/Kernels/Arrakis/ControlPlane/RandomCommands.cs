using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Tests.Arrakis.ControlPlane;

/// <summary>Turns numbers into commands over all ids and handles that were ever given.</summary>
internal sealed class RandomCommands(TestMachine machine)
{
    private readonly List<ContainerId> containers = [ContainerId.Operator];
    private readonly List<Handle> handles = [Handle.None];

    public void Learn(Decision decision)
    {
        foreach (ControlEvent @event in decision.Events)
        {
            switch (@event)
            {
                case ControlEvent.ContainerCreated created:
                    containers.Add(new ContainerId(created.Container, created.Generation));
                    break;
                case ControlEvent.CapabilityGranted granted:
                    handles.Add(new Handle(granted.Handle));
                    break;
                case ControlEvent.CapabilityTransferred given:
                    handles.Add(new Handle(given.Handle));
                    break;
            }
        }
    }

    public Command Next(int kind, int a, int b, int c)
    {
        ContainerId caller = a % 17 == 0 ? containers[a % containers.Count] : Living(a);
        Handle memory = Held(caller, CapabilityKind.Memory, b);
        Handle domain = Held(caller, CapabilityKind.ProtectionDomain, c);
        Handle card = Held(caller, CapabilityKind.VirtualInterfaceCard, c);
        Handle filter = Held(caller, CapabilityKind.Filter, b);
        return kind switch
        {
            0 or 1 => new Command.CreateContainer(
                ContainerId.Operator,
                [new ContainerAddress(TestMachine.MacOf(b % 9), TestMachine.IpOf(b % 9))],
                c),
            2 when b < 30 => new Command.DestroyContainer(ContainerId.Operator, caller),
            3 or 4 => new Command.CreateDomain(caller),
            5 when b < 40 => new Command.DestroyDomain(caller, domain),
            6 or 7 => new Command.AllocateMemory(caller, b % 12),
            8 => new Command.FreeMemory(caller, memory),
            10 when b % 2 == 0 => new Command.LinkTables(
                caller, memory, domain, b % 3, 512 * (1 + (c % 2)), 1 + (b % 3)),
            9 or 10 => new Command.MapMemory(
                caller, memory, domain, b % 3, c % 20, 1 + (b % 4), (CapabilityRights)(c % 8)),
            11 => new Command.UnmapMemory(caller, domain, b % 20),
            12 or 13 => new Command.ShareMemory(
                caller, memory, Living(c), (CapabilityRights)(c % 16)),
            14 => new Command.RevokeShares(caller, memory),
            15 => new Command.TransferCapability(
                caller, c % 2 == 0 ? memory : filter, Living(c + b)),
            16 or 17 => new Command.CreateCard(caller, domain, 0, 1 + (b % 2)),
            18 => new Command.DeleteCard(caller, card),
            19 => new Command.AssociateDoorbell(caller, card, b % 3, (DoorbellEvent)(b % 2)),
            20 or 2 => new Command.CreateFilter(caller, Specification(caller, b, c)),
            21 or 22 => new Command.AssignFilter(caller, filter, card, b % 2),
            23 when b < 50 => new Command.RemoveFilter(caller, filter),
            23 when b < 60 => new Command.RevokeCard(ContainerId.Operator, c % 6),
            _ => new Command.SetRate(
                caller, card, b % 2, (FilterDirection)(c % 2), 10_000_000 * (b % 5)),
        };
    }

    private ContainerId Living(int which)
    {
        ContainerId[] living = [.. machine.Kernel.Containers()];
        return living.Length == 0 ? ContainerId.Operator : living[which % living.Length];
    }

    // Mostly a handle that the caller holds; else any that was ever given, or a forged one.
    private Handle Held(ContainerId caller, CapabilityKind kind, int which)
    {
        if (which % 10 == 0)
        {
            return handles[which % handles.Count];
        }

        if (which % 11 == 0)
        {
            return Handle.Of(which % 40, (ulong)which);
        }

        Capability[] held = [.. machine.Kernel.Capabilities.Where(capability =>
            capability.Kind == kind && capability.Owner == caller.Slot)];
        return held.Length == 0
            ? handles[which % handles.Count]
            : handles.FindLast(handle => handle.Slot == held[which % held.Length].Slot);
    }

    private FilterSpecification Specification(ContainerId caller, int b, int c)
    {
        int number = 1 + (c % 8);
        ControlEvent.AddressAssigned? own = machine.Journal
            .OfType<ControlEvent.AddressAssigned>()
            .LastOrDefault(assigned => assigned.Container == caller.Slot);
        bool isForeign = b % 7 == 0 || own is null;
        return new FilterSpecification
        {
            Direction = (FilterDirection)(b % 2),
            Level = (FilterLevel)(c % 4),
            LocalMac = isForeign ? TestMachine.MacOf(number) : own!.Mac,
            LocalIp = isForeign ? TestMachine.IpOf(number) : own!.Ip,
            Peers = b % 3 == 0 ? [] : [FilterPeer.OfIp(0x0a000000, (byte)(b % 34))],
            Services = c % 3 == 0 ? [] : [(ushort)(b % 5), 9],
        };
    }
}
