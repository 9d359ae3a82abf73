using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.ControlPlane;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;
using Disguise.LibOS.Tests.Worlds;

namespace Disguise.LibOS.Tests.Attacks;

/// <summary>Every attack that is tried on a whole machine.</summary>
internal static class AttackCatalog
{
    private const int LongChain = 48;

    public static IReadOnlyList<Attack> All { get; } =
    [
        new(
            "a receive buffer in the victim's memory", MemoryGuards.Iommu, "iommu-fault",
            ReceiveIntoSecret, CountIommuFaults,
            scene => scene.IsSecretChanged)
        {
            NeedsArrival = true,
            TwinHasLoad = false,
        },
        new(
            "a transmit buffer in the victim's memory", MemoryGuards.Iommu, "iommu-fault",
            SendSecret, CountIommuFaults,
            scene => scene.IsSecretKnown)
        {
            TwinHasLoad = false,
        },
        new(
            "loads from the victim's memory", MemoryGuards.PageProtection, "NotPresent",
            LoadSecret, CountPageFaults, scene => scene.IsSecretKnown),
        new(
            "stores to the victim's memory", MemoryGuards.PageProtection, "NotPresent",
            StoreOverSecret, CountPageFaults, scene => scene.IsSecretChanged),
        new(
            "a foreign doorbell", MemoryGuards.PageProtection, "NotPresent",
            RingForeignDoorbell, CountPageFaults,
            scene => scene.VictimStatistics!.Packets.DroppedFor(NicDrops.QueueDisabled) > 0
                && scene.Load.Counters.Lost > 0),
        new(
            "a forged handle", CapabilityGuards.Handle, "ForgedHandle",
            DeleteByForgedHandle,
            scene => scene.Refused(RefusalReason.ForgedHandle),
            scene => !scene.HasVictimCard && scene.Load.Counters.Lost > 0),
        new(
            "a stolen handle", CapabilityGuards.Handle, "ForeignHandle",
            DeleteByStolenHandle,
            scene => scene.Refused(RefusalReason.ForeignHandle),
            scene => !scene.HasVictimCard && scene.Load.Counters.Lost > 0),
        new(
            "a spoofed source MAC", NicGuards.TransmitFilter, "spoofed-source",
            (domain, _) => Send(domain, AttackScene.FrameToAccomplice(
                sourceMac: AttackScene.Victim)),
            scene => scene.EvilStatistics!.Packets.DroppedFor(NicDrops.SpoofedSource),
            scene => scene.FramesToAccomplice.Count == 1),
        new(
            "a spoofed source IP", NicGuards.TransmitFilter, "spoofed-source",
            (domain, _) => Send(domain, AttackScene.FrameToAccomplice(
                sourceIp: AttackScene.Victim)),
            scene => scene.EvilStatistics!.Packets.DroppedFor(NicDrops.SpoofedSource),
            scene => scene.FramesToAccomplice.Count == 1),
        new(
            "a filter that takes the victim's traffic", FilterOwnership.Guard,
            "AddressNotOwned", TakeTraffic,
            scene => scene.Refused(RefusalReason.AddressNotOwned),
            scene => scene.EvilStatistics is { GoodPacketsReceived: > 0 }
                && scene.Load.Counters.Lost > 0),
        new(
            "a tail beyond the ring", NicGuards.RingIndex, "RingIndex", RingBeyondTheRing,
            scene => scene.EvilStatistics?.RefusedFor(RegisterRefusal.RingIndex) ?? 0,
            scene => scene.FramesToAccomplice.Count > 4 * HostileDomain.RingSize),
        new(
            "a chain of descriptors that is too long", NicGuards.DescriptorChain,
            "descriptor-chain", SendLongChain,
            scene => scene.EvilStatistics!.Packets.DroppedFor(NicDrops.DescriptorChain),
            scene => scene.FramesToAccomplice.Count == 1),
        new(
            "orders of the operator", KernelGuards.Orders, "refused orders", GiveOrders,
            scene => scene.World.Kernel.RefusedOrderCount,
            scene => !scene.HasVictimCard && scene.Load.Counters.Lost > 0),
    ];

    /// <summary>Frames that were dropped for it, if the kernel has heard of as many.</summary>
    private static long CountIommuFaults(AttackScene scene)
    {
        var evil = scene.World.Card.FunctionOf(scene.FunctionOf(AttackScene.Attacker));
        return Math.Min(
            scene.EvilStatistics!.Packets.DroppedFor(NicDrops.IommuFault),
            scene.World.Kernel.Faults.Count(fault => fault.Requester == evil));
    }

    private static long CountPageFaults(AttackScene scene) =>
        scene.Evil.PageFaults.Count(reason => reason == PageFaultReason.NotPresent);

    private static async EmulatedTask ReceiveIntoSecret(HostileDomain domain, AttackScene scene)
    {
        domain.PostReceive(0, (ulong)scene.SecretFrameAddress);
        await domain.Register(FunctionRegisters.Receive(0, FunctionRegisters.Tail), 1);
    }

    /// <summary>Sends a frame whose headers are its own and whose payload is not.</summary>
    private static async EmulatedTask SendSecret(HostileDomain domain, AttackScene scene)
    {
        var headers = AttackScene.FrameToAccomplice(payloadBytes: scene.Secret.Length)[..42];
        domain.TryStore(domain.Buffer(0), headers);
        domain.PostTransmit(0, domain.DeviceAddress(domain.Buffer(0)), headers.Length, false);
        domain.PostTransmit(1, (ulong)scene.SecretFrameAddress, scene.Secret.Length);
        await domain.Register(FunctionRegisters.Transmit(0, FunctionRegisters.Tail), 2);
    }

    private static EmulatedTask LoadSecret(HostileDomain domain, AttackScene scene)
    {
        var loot = new byte[scene.Secret.Length];
        domain.TryLoad((ulong)scene.SecretFrameAddress, loot);
        domain.Loot.Add(loot);
        return domain.Work(1_000);
    }

    private static EmulatedTask StoreOverSecret(HostileDomain domain, AttackScene scene)
    {
        domain.TryStore((ulong)scene.SecretFrameAddress, new byte[scene.Secret.Length]);
        return domain.Work(1_000);
    }

    /// <summary>Disables the victim's receive queue, if its registers can be reached.</summary>
    private static EmulatedTask RingForeignDoorbell(HostileDomain domain, AttackScene scene)
    {
        var registers = (ulong)scene.World.Card.RegistersOf(
            scene.FunctionOf(AttackScene.Victim));
        return domain.StoreRegister(
            registers + (ulong)FunctionRegisters.Receive(0, FunctionRegisters.QueueControl), 0);
    }

    private static async EmulatedTask DeleteByForgedHandle(
        HostileDomain domain, AttackScene scene)
    {
        // Slots are easy to guess, tags are not.
        var victims = HandleOfVictimsCard(scene);
        await domain.Call(new Command.DeleteCard(
            default, Handle.Of(victims.Slot, victims.Tag ^ 1)));
    }

    private static async EmulatedTask DeleteByStolenHandle(
        HostileDomain domain, AttackScene scene) =>
        await domain.Call(new Command.DeleteCard(default, HandleOfVictimsCard(scene)));

    private static async EmulatedTask TakeTraffic(HostileDomain domain, AttackScene scene)
    {
        for (var index = 0; index < HostileDomain.RingSize - 1; index++)
            domain.PostReceive(index, domain.DeviceAddress(domain.Buffer(index % 40)));
        await domain.Register(
            FunctionRegisters.Receive(0, FunctionRegisters.Tail), HostileDomain.RingSize - 1);
        var filter = await domain.Call(new Command.CreateFilter(
            default,
            new FilterSpecification
            {
                Direction = FilterDirection.Receive,
                Level = FilterLevel.Udp,
                LocalMac = TenantWorld.MacOf(AttackScene.Victim).Value,
                LocalIp = TenantWorld.IpOf(AttackScene.Victim).Value,
                Services = [SecretEcho.Port],
            }));
        if (filter.Refusal == RefusalReason.None)
            await domain.Call(new Command.AssignFilter(default, filter.Handle, domain.Card, 0));
    }

    private static async EmulatedTask RingBeyondTheRing(HostileDomain domain, AttackScene scene)
    {
        var frame = AttackScene.FrameToAccomplice();
        domain.TryStore(domain.Buffer(0), frame);
        for (var index = 0; index < HostileDomain.RingSize; index++)
            domain.PostTransmit(index, domain.DeviceAddress(domain.Buffer(0)), frame.Length);
        await domain.Register(
            FunctionRegisters.Transmit(0, FunctionRegisters.Tail), HostileDomain.RingSize + 5);
    }

    private static async EmulatedTask SendLongChain(HostileDomain domain, AttackScene scene)
    {
        var frame = AttackScene.FrameToAccomplice(payloadBytes: 600);
        domain.TryStore(domain.Buffer(0), frame);
        for (var piece = 0; piece < LongChain; piece++)
        {
            var from = frame.Length * piece / LongChain;
            var to = frame.Length * (piece + 1) / LongChain;
            domain.PostTransmit(
                piece, domain.DeviceAddress(domain.Buffer(0)) + (ulong)from, to - from,
                piece == LongChain - 1);
        }

        await domain.Register(
            FunctionRegisters.Transmit(0, FunctionRegisters.Tail), LongChain);
    }

    /// <summary>Says to the kernel what only the operator or hardware may say.</summary>
    private static async EmulatedTask GiveOrders(HostileDomain domain, AttackScene scene)
    {
        await domain.Say(new ContainerProtocol.RevokeNetwork("server.victim"));
        await domain.Say(new ContainerProtocol.DomainStarted(scene.VictimContainer, domain.Me));
        await domain.Say(new CoreProtocol.TimerInterrupt());
        await domain.Say(new ContainerProtocol.DomainCrashed(scene.VictimContainer));
    }

    private static async EmulatedTask Send(HostileDomain domain, byte[] frame)
    {
        domain.TryStore(domain.Buffer(0), frame);
        domain.PostTransmit(0, domain.DeviceAddress(domain.Buffer(0)), frame.Length);
        await domain.Register(FunctionRegisters.Transmit(0, FunctionRegisters.Tail), 1);
    }

    /// <summary>As if the victim had lost it: a handle that leaked.</summary>
    private static Handle HandleOfVictimsCard(AttackScene scene)
    {
        var card = scene.World.Kernel.ControlPlane.Capabilities.Single(capability =>
            capability.Kind == CapabilityKind.VirtualInterfaceCard
            && capability.Owner == scene.VictimContainer.Slot);
        return scene.World.LeakedHandles.Single(handle => handle.Slot == card.Slot);
    }
}
