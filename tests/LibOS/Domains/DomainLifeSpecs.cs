using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Network;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.Scheduling;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Tests.Domains;

public class DomainLifeSpecs
{
    private const long Ms = Picoseconds.PerMillisecond;

    [Fact]
    public void A_refusal_in_the_set_up_is_told_with_its_reason_and_ends_the_context()
    {
        using var scene = new DomainScene(Echo(), memoryLimitPages: 3);
        scene.Run(Ms);
        Assert.Equal(
            ["server.echo[0]: AllocateMemory: MemoryLimitReached"], scene.Failures);
        Assert.Empty(scene.ReadyTenants);
        Assert.Equal(ContextState.Finished, scene.Domains[0].CpuContext.State);
    }

    [Fact]
    public void When_functions_run_out_the_last_tenant_is_refused_and_the_others_serve()
    {
        using var scene = new DomainScene(Echo(), tenants: 3, cores: 4, functions: 2);
        scene.StartAt();
        scene.Run(3 * Ms);
        Assert.Equal(2, scene.ReadyTenants.Count);
        Assert.StartsWith("server.echo[2]: CreateCard: ", Assert.Single(scene.Failures));
    }

    [Theory]
    [InlineData(TenantInterface.Native, "poll")]
    [InlineData(TenantInterface.Native, "doorbell")]
    [InlineData(TenantInterface.Posix, "poll")]
    [InlineData(TenantInterface.Posix, "doorbell")]
    public void A_tenant_whose_card_is_taken_ends_cleanly_and_its_neighbour_notices_nothing(
        TenantInterface tenantInterface, string wait)
    {
        var settings = Echo() with
        {
            Interface = tenantInterface,
            Wait = wait == "poll" ? WaitPolicy.Poll : WaitPolicy.Doorbell,
        };
        using var scene = new DomainScene(settings, tenants: 2, cores: 3, outstanding: 2);
        scene.StartAt();
        scene.Tell(
            scene.Kernel.Actor, new ContainerProtocol.RevokeNetwork("server.echo[0]"), 3 * Ms);
        scene.Run(3 * Ms);
        Assert.Equal(0, scene.Client.Counters.Lost);
        scene.Run(4 * Ms);
        Assert.Equal(ContextState.Finished, scene.Domains[0].CpuContext.State);
        Assert.NotEqual(ContextState.Finished, scene.Domains[1].CpuContext.State);
        Assert.True(scene.Domains[0].Network!.Driver.IsClosed);
        var before = scene.Domains[1].Network!.Stack.Counters.Received;
        scene.Run(40 * Ms);
        Assert.True(scene.Client.Counters.Lost > 0);
        Assert.True(scene.Domains[1].Network!.Stack.Counters.Received > before);
    }

    [Fact]
    public void A_tenant_that_sleeps_on_a_shared_core_is_woken_when_its_card_is_taken()
    {
        var settings = Echo() with { Wait = WaitPolicy.Doorbell };
        using var scene = new DomainScene(
            settings, tenants: 2, cores: 2, placement: CorePlacement.Shared);
        scene.Run(3 * Ms);
        Assert.Equal(ContextState.Blocked, scene.Domains[0].CpuContext.State);
        scene.Tell(
            scene.Kernel.Actor, new ContainerProtocol.RevokeNetwork("server.echo[0]"), 3 * Ms);
        scene.Run(4 * Ms);
        Assert.True(scene.Domains[0].Network!.Driver.IsClosed);
        Assert.Equal(ContextState.Finished, scene.Domains[0].CpuContext.State);
        Assert.Equal(ContextState.Blocked, scene.Domains[1].CpuContext.State);
    }

    [Fact]
    public void A_read_of_unmapped_memory_crashes_its_domain_and_no_other()
    {
        var victim = new Reader(DomainScene.IpOf(0), after: 5);
        using var scene = new DomainScene(
            Echo() with { Application = victim }, tenants: 2, cores: 3, outstanding: 2);
        scene.StartAt();
        scene.Run(2 * Ms);
        Assert.Equal(2, scene.ReadyTenants.Count);
        Assert.Equal(6, scene.Domains[0].Network!.Stack.Counters.Sent);
        Assert.Equal(ContextState.Finished, scene.Domains[0].CpuContext.State);
        Assert.NotEqual(ContextState.Finished, scene.Domains[1].CpuContext.State);
        Assert.Single(scene.Kernel.ControlPlane.Containers());
        var before = scene.Domains[1].Network!.Stack.Counters.Received;
        scene.Run(30 * Ms);
        Assert.True(scene.Domains[1].Network!.Stack.Counters.Received > before);
    }

    [Fact]
    public void A_port_that_is_bound_already_crashes_the_application_that_insists()
    {
        using var scene = new DomainScene(Echo() with { Application = new TwiceBound() });
        scene.Run(Ms);
        Assert.Equal(ContextState.Finished, scene.Domains[0].CpuContext.State);
        Assert.Empty(scene.Kernel.ControlPlane.Containers());
    }

    [Fact]
    public void A_tenant_answers_arp_and_echo_requests_beside_its_service()
    {
        using var scene = new DomainScene(Echo() with { Wait = WaitPolicy.Doorbell });
        scene.Run(Ms);
        var room = new byte[EthernetLimits.MinimumFrameBytes];
        FrameBuilder.ArpRequest(
            room, DomainScene.ClientMac, DomainScene.ClientIp, DomainScene.IpOf(0));
        Transmit(scene, room, Ms + 1);
        var echo = new byte[300];
        var length = FrameBuilder.IcmpEcho(
            echo,
            new Ipv4Endpoints(
                DomainScene.ClientMac, DomainScene.MacOf(0), DomainScene.ClientIp,
                DomainScene.IpOf(0)),
            1, 2, new byte[200]);
        Transmit(scene, echo[..length], Ms + 1);
        scene.Run(2 * Ms);
        var stack = scene.Domains[0].Network!.Stack;
        Assert.Equal((2, 2), (stack.AnswerCount, stack.Counters.Sent));
        Assert.Equal(1, stack.NeighbourCount);
        // Both answers have come back to the client's station and were sound.
        Assert.Equal((2, 2), (scene.Client.Frames.Received, scene.Client.Frames.Sent));
    }

    [Fact]
    public void A_paced_tenant_with_a_short_ring_waits_for_room_and_loses_nothing()
    {
        var settings = Echo() with
        {
            RateLimitBitsPerSecond = 200_000_000,
            TransmitRingSize = 8,
            ReceiveRingSize = 64,
        };
        using var scene = new DomainScene(settings, outstanding: 24);
        scene.StartAt();
        scene.Run(2 * Ms);
        var before = scene.Client.Counters.Received;
        scene.Run(12 * Ms);
        var bits = 8.0 * (1_024 + 66) * (scene.Client.Counters.Received - before);
        Assert.InRange(bits / 0.01, 195e6, 205e6);
        Assert.Equal(0, scene.Client.Counters.Lost);
    }

    private static TenantSettings Echo() => new() { Application = new UdpEcho(7, 0) };

    private static void Transmit(DomainScene scene, byte[] frame, long atPs)
    {
        scene.UpLink.Island.Enter();
        scene.Tell(
            scene.UpLink, NetworkProtocol.Transmit.Instance, atPs,
            scene.UpLink.Island.Frames.Take(frame));
    }

    /// <summary>Echoes, but on one host follows a null pointer after a while.</summary>
    private sealed class Reader(Ipv4Address victim, int after) : IApplication
    {
        public ushort ServicePort => 7;

        public async EmulatedTask Run(ApplicationHost host)
        {
            await host.Listen(7);
            for (var count = 0; await host.Socket.Receive(); count++)
            {
                if (count == after && host.Socket.Endpoints.Hosts.Destination == victim)
                    host.Memory.ReadUInt32(0);
                await host.Socket.Reply();
            }
        }
    }

    private sealed class TwiceBound : IApplication
    {
        public ushort ServicePort => 7;

        public async EmulatedTask Run(ApplicationHost host)
        {
            await host.Listen(7);
            await host.Listen(7);
        }
    }
}
