using System.Text;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Servers;
using Disguise.Specification.Worlds;

namespace Disguise.Host.Tests.Attacks;

/// <summary>Every attack that is tried on a microkernel's machine.</summary>
internal static class MicrokernelAttackCatalog
{
    private const int Guesses = 12;

    private static readonly byte[] Forged = Encoding.ASCII.GetBytes("not the victim's words");

    public static IReadOnlyList<MicrokernelAttack> All { get; } =
    [
        new(
            "a message from the victim's memory", KernelGuards.MessageMemory, SendSecret,
            scene => scene.Refused(KernelResult.BadBuffer), scene => scene.IsSecretKnown),
        new(
            "an answer into the victim's memory", KernelGuards.MessageMemory,
            ReceiveOverSecret,
            scene => scene.Evil.Results.Count(result => result == KernelResult.BadWindow),
            scene => scene.SecretPhysicalAddress == 0),
        new(
            "loads from the victim's memory", MemoryGuards.PageProtection, LoadSecret,
            scene => scene.Evil.Results.Count(result => result == KernelResult.CannotMap),
            scene => scene.IsSecretKnown),
        new(
            "stores to the victim's memory", MemoryGuards.PageProtection, StoreOverSecret,
            scene => scene.Evil.Results.Count(result => result == KernelResult.CannotMap),
            scene => scene.SecretPhysicalAddress == 0),
        new(
            "an answer in the server's place by a forged right", CapabilityGuards.Handle,
            AnswerForServer, scene => scene.Refused(KernelResult.NoSuchCapability),
            scene => scene.FramesOfVictimWith(Forged) > 0),
        new(
            "a datagram in the victim's name by its leaked capability",
            CapabilityGuards.Handle, SendAsVictim,
            scene => scene.Refused(KernelResult.HeldByAnother),
            scene => scene.FramesOfVictimWith(Forged) > 0),
        new(
            "a message to the driver, to which it has no capability", CapabilityGuards.Handle,
            CallDriver, scene => scene.Refused(KernelResult.NoSuchCapability),
            scene => scene.Evil.Answers.Contains((ulong)ServerStatus.Done)),
        new(
            "receiving in the server's place", KernelGuards.Rights, ReceiveForServer,
            scene => scene.Refused(KernelResult.NoRight), scene => scene.IsSecretKnown),
        new(
            "packets in the driver's name", ServerGuards.PacketsOfDriver, PassPackets,
            scene => scene.Evil.Answers.Count(
                answer => answer == (ulong)ServerStatus.BadArgument),
            scene => scene.FramesOfVictimWith(Forged) > 0),
        new(
            "orders of the operator", KernelGuards.Orders, GiveOrders,
            scene => scene.Nucleus.RefusedOrderCount,
            scene => scene.World.Revocations.Count > 0 && !scene.IsVictimServed),
    ];

    private static async EmulatedTask SendSecret(HostileEcho evil, MicrokernelScene scene)
    {
        FillSend(evil, evil.Socket.Endpoints);
        evil.Registers.StringAddress = scene.SecretPhysicalAddress;
        evil.Registers.StringBytes = MicrokernelScene.Secret.Length;
        evil.Keep(await evil.Thread.Call(evil.Socket.Server));
    }

    private static async EmulatedTask ReceiveOverSecret(
        HostileEcho evil, MicrokernelScene scene)
    {
        evil.Registers.Begin(ServerLabels.Receive);
        evil.Registers.Add(evil.Socket.Number);
        evil.Registers.WindowAddress = scene.SecretPhysicalAddress;
        evil.Registers.WindowBytes = MicrokernelScene.Secret.Length;
        evil.Keep(await evil.Thread.Call(evil.Socket.Server));
        evil.Registers.WindowBytes = 0;
    }

    private static async EmulatedTask LoadSecret(HostileEcho evil, MicrokernelScene scene)
    {
        try
        {
            evil.KeepBytes(scene.SecretPhysicalAddress, MicrokernelScene.Secret.Length);
        }
        catch (ComponentFailureException)
        {
            evil.Keep(KernelResult.CannotMap);
        }

        evil.Keep(await evil.Thread.Yield());
    }

    private static async EmulatedTask StoreOverSecret(HostileEcho evil, MicrokernelScene scene)
    {
        try
        {
            evil.Host.Memory.Write(
                scene.SecretPhysicalAddress, new byte[MicrokernelScene.Secret.Length]);
        }
        catch (ComponentFailureException)
        {
            evil.Keep(KernelResult.CannotMap);
        }

        evil.Keep(await evil.Thread.Yield());
    }

    /// <summary>Slots are easy to guess, tags are not.</summary>
    private static async EmulatedTask AnswerForServer(HostileEcho evil, MicrokernelScene scene)
    {
        var link = scene.VictimsLink.Slot;
        var reply = scene.Nucleus.Capabilities.Single(capability =>
            capability.Kind == CapabilityKind.Reply && capability.Parent == link);
        var peer = SpecificationWorld.Between(0, MicrokernelScene.Victim);
        evil.Host.Memory.Write(HostileEcho.OwnAddress, Forged);
        evil.Registers.Begin(0);
        evil.Registers.Add((ulong)ServerStatus.Done);
        evil.Registers.Add(peer.Hosts.Source.Value);
        evil.Registers.Add(((ulong)peer.SourcePort << 16) | peer.DestinationPort);
        evil.Registers.StringAddress = HostileEcho.OwnAddress;
        evil.Registers.StringBytes = Forged.Length;
        evil.Keep(await evil.Thread.Reply(Handle.Of(reply.Slot, 0x12345)));
    }

    private static async EmulatedTask SendAsVictim(HostileEcho evil, MicrokernelScene scene)
    {
        evil.Host.Memory.Write(HostileEcho.OwnAddress, Forged);
        FillSend(evil, SpecificationWorld.Between(0, MicrokernelScene.Victim));
        evil.Registers.StringAddress = HostileEcho.OwnAddress;
        evil.Registers.StringBytes = Forged.Length;
        evil.Keep(await evil.Thread.Call(scene.Keeper.Leaked));
    }

    private static async EmulatedTask CallDriver(HostileEcho evil, MicrokernelScene scene)
    {
        var capabilities = scene.Nucleus.Capabilities.ToDictionary(one => one.Slot);
        // What the network server holds and did not make itself: its link to the driver.
        var link = capabilities.Values.First(one =>
            one.Kind == CapabilityKind.Endpoint && one.Parent > 0
            && one.Owner == capabilities[scene.VictimsLink.Parent].Owner
            && capabilities[one.Parent].Owner != one.Owner);
        evil.Registers.Begin(ServerLabels.RemoveStation);
        evil.Registers.Add(SpecificationWorld.MacOf(MicrokernelScene.Victim).Value);
        evil.Keep(await evil.Thread.Call(Handle.Of(link.Slot, 0x12345)));
    }

    private static async EmulatedTask ReceiveForServer(HostileEcho evil, MicrokernelScene scene)
    {
        for (var times = 0; times < Guesses; times++)
        {
            evil.Registers.Begin(0);
            evil.Registers.WindowAddress = HostileEcho.OwnAddress;
            evil.Registers.WindowBytes = HostileEcho.BufferBytes;
            var result = await evil.Thread.Wait(evil.Socket.Server);
            evil.Keep(result);
            if (result == KernelResult.NoRight)
                break;
            evil.KeepBytes(HostileEcho.OwnAddress, evil.Registers.ReceivedBytes);
        }

        evil.Registers.WindowBytes = 0;
    }

    /// <summary>
    /// A frame for the victim goes into the server's next buffer as the bytes of a message, and
    /// the words of the message name every buffer.
    /// </summary>
    private static async EmulatedTask PassPackets(HostileEcho evil, MicrokernelScene scene)
    {
        const int Buffers = 640;
        // A packet that was received, behind the room for headers, with both checksums found
        // right: the layout is no secret.
        const ulong Received = (1UL << 56) | (5UL << 48) | (64UL << 16);
        var frame = new Request(
            0, SpecificationWorld.Between(0, MicrokernelScene.Victim), Forged).Frame;
        evil.Host.Memory.Write(HostileEcho.OwnAddress, frame);
        for (var buffer = 0; buffer < Buffers;)
        {
            evil.Registers.Begin(ServerLabels.Packets);
            while (evil.Registers.WordCount < ThreadRegisters.WordLimit - 2)
                evil.Registers.Add(Received | ((ulong)frame.Length << 32) | (uint)buffer++);
            evil.Registers.StringAddress = HostileEcho.OwnAddress;
            evil.Registers.StringBytes = frame.Length;
            evil.Keep(await evil.Thread.Send(evil.Socket.Server));
        }

        // Whoever takes packets does not answer.
        evil.Registers.Begin(ServerLabels.Packets);
        evil.Keep(await evil.Thread.Call(evil.Socket.Server));
    }

    /// <summary>Says to the kernel what only the operator may say.</summary>
    private static async EmulatedTask GiveOrders(HostileEcho evil, MicrokernelScene scene)
    {
        var owner = evil.Thread.Context.Owner;
        owner.Island.Schedule(
            owner.Island.NowPs, scene.Nucleus.Actor,
            new NucleusProtocol.RevokeNetwork(SpecificationWorld.AddressOf("victim")), owner);
        evil.Keep(await evil.Thread.Yield());
    }

    private static void FillSend(HostileEcho evil, UdpEndpoints peer)
    {
        evil.Registers.Begin(ServerLabels.Send);
        evil.Registers.Add(0);
        evil.Registers.Add(peer.Hosts.Source.Value);
        evil.Registers.Add(peer.SourcePort);
    }
}
