using System.Text;
using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Posix;
using Disguise.LibOS.SystemCalls;

namespace Disguise.LibOS.Tests.SystemCalls;

/// <summary>What processes may ask of a monolithic kernel, and what becomes of those that ask
/// for more.</summary>
public class SystemCallSpecs
{
    private const ulong Buffer = (ulong)ProcessImage.FirstPage << Frame.Shift;
    private const ulong Foreign = 0x7000_0000_0000;
    private const ulong Kernels = 0xFFFF_8000_0000_0000;

    [Fact]
    public void Each_mistake_has_its_error_and_the_kernel_goes_on()
    {
        var errors = new List<ErrorNumber>();
        using var world = new ProcessWorld().Process(async (_, sockets) =>
        {
            var peer = new UdpPeer(ProcessWorld.ClientIp, 9);
            var socket = await sockets.Socket();
            var other = await sockets.Socket();
            errors.Add(await sockets.Bind(socket, 7));
            errors.Add(await sockets.Bind(socket, 8));
            errors.Add(await sockets.Bind(other, 7));
            errors.Add(await sockets.Bind(77, 7));
            await sockets.ReceiveFrom(socket, Buffer, 64, MessageFlags.DoNotWait);
            errors.Add(sockets.Error);
            await sockets.ReceiveFrom(-1, Buffer, 64);
            errors.Add(sockets.Error);
            await sockets.SendTo(socket, Buffer, 2_000, peer);
            errors.Add(sockets.Error);
            await sockets.SendTo(socket, Foreign, 64, peer);
            errors.Add(sockets.Error);
            await sockets.SendTo(socket, Kernels, 64, peer);
            errors.Add(sockets.Error);
            await sockets.SendTo(socket, Buffer, 64, peer with { Port = 0 });
            errors.Add(sockets.Error);
            // Nobody has answered for this address yet: ARP asks.
            await sockets.SendTo(socket, Buffer, 64, peer);
            errors.Add(sockets.Error);
            await sockets.Close(other);
            await sockets.Close(other);
            errors.Add(sockets.Error);
        }).Start();

        Assert.Equal(
            [
                ErrorNumber.None, ErrorNumber.InvalidArgument, ErrorNumber.AddressInUse,
                ErrorNumber.BadDescriptor, ErrorNumber.TryAgain, ErrorNumber.BadDescriptor,
                ErrorNumber.MessageSize, ErrorNumber.BadAddress, ErrorNumber.BadAddress,
                ErrorNumber.InvalidArgument, ErrorNumber.HostUnreachable,
                ErrorNumber.BadDescriptor,
            ],
            errors);
        world.Run();
        // The process has ended; only the question has left.
        Assert.Equal(0, world.Kernel.ProcessCount);
        var (_, question) = Assert.Single(world.Wire);
        Assert.Equal("0806", Convert.ToHexString(question.AsSpan(12, 2)));
        world.AssertDrained();
    }

    [Fact]
    public void A_datagram_for_a_bad_address_is_dropped_with_that_reason()
    {
        var errors = new List<ErrorNumber>();
        using var world = new ProcessWorld().Process(async (_, sockets) =>
        {
            var socket = await sockets.Socket();
            await sockets.Bind(socket, 7);
            foreach (var address in new[] { Foreign, Kernels, Buffer })
            {
                await sockets.ReceiveFrom(socket, address, 64);
                errors.Add(sockets.Error);
            }
        }).Process(new UdpEcho(7, 0)).Start();
        for (var count = 0; count < 3; count++)
            world.Arrive(0);
        world.Arrive(1);
        world.Run();

        Assert.Equal(
            [ErrorNumber.BadAddress, ErrorNumber.BadAddress, ErrorNumber.None], errors);
        Assert.Single(world.SentBy(1));
        world.AssertDrained();
    }

    [Fact]
    public void A_receive_takes_what_fits_and_says_from_whom()
    {
        var heard = new List<string>();
        using var world = new ProcessWorld().Process(async (host, sockets) =>
        {
            var socket = await sockets.Socket();
            await sockets.Bind(socket, 7);
            await sockets.ReceiveFrom(socket, Buffer, 4);
            var bytes = new byte[5];
            host.Memory.Read(Buffer, bytes);
            heard.Add($"{sockets.ReceivedBytes} {Convert.ToHexString(bytes)} {sockets.Peer}");
        }).Start();
        world.Arrive(0, 64, sourcePort: 1_234, fill: 0xAB);
        world.Run();

        Assert.Equal(
            $"4 ABABABAB00 {new UdpPeer(ProcessWorld.ClientIp, 1_234)}", Assert.Single(heard));
    }

    [Fact]
    public void One_process_serves_several_sockets_by_waiting_for_all_of_them()
    {
        var log = new StringBuilder();
        using var world = new ProcessWorld().Process(async (_, sockets) =>
        {
            var set = await sockets.CreateEventPoll();
            for (ushort port = 7; port < 10; port++)
            {
                var socket = await sockets.Socket();
                await sockets.Bind(socket, port);
                await sockets.ControlEventPoll(
                    set, PolledEvent.Add, socket, new PolledEvent(PolledEvent.Readable, port));
                await sockets.ControlEventPoll(
                    set, PolledEvent.Add, socket, new PolledEvent(PolledEvent.Readable, port));
                log.Append($"{sockets.Error} ");
            }

            for (var round = 0; round < 3; round++)
            {
                await sockets.WaitForEvents(set);
                var count = (int)sockets.ReturnValue;
                for (var index = 0; index < count; index++)
                {
                    var told = sockets.EventAt(index);
                    log.Append($"{told.Data} ");
                    // Descriptor 0 is the set; the sockets were opened in the order of ports.
                    await sockets.ReceiveFrom((int)told.Data - 6, Buffer, 64);
                    await sockets.SendTo(
                        (int)told.Data - 6, Buffer, sockets.ReceivedBytes, sockets.Peer);
                }
            }

            await sockets.WaitForEvents(set, 0);
            log.Append($"none {sockets.ReturnValue} ");
            await sockets.WaitForEvents(set, 2);
            log.Append($"none {sockets.ReturnValue}");
        }).Start();

        world.Arrive(0, port: 9);
        world.Run();
        world.Arrive(0, port: 7);
        world.Run();
        world.Arrive(0, port: 8);
        world.Run(Picoseconds.PerMillisecond);
        var endedEarly = world.Kernel.ProcessCount == 0;
        world.Run(3 * Picoseconds.PerMillisecond);

        Assert.False(endedEarly);
        Assert.Equal("Exists Exists Exists 9 7 8 none 0 none 0", log.ToString());
        Assert.Equal(3, world.Wire.Count);
        Assert.Equal(0, world.Kernel.ProcessCount);
        world.AssertDrained();
    }

    [Fact]
    public void A_set_goes_on_telling_of_a_socket_until_it_is_empty()
    {
        var counts = new List<long>();
        using var world = new ProcessWorld().Process(async (host, sockets) =>
        {
            var set = await sockets.CreateEventPoll();
            var socket = await sockets.Socket();
            await sockets.Bind(socket, 7);
            await sockets.ControlEventPoll(
                set, PolledEvent.Add, socket, new PolledEvent(PolledEvent.Readable, 1));
            host.Work(Picoseconds.PerMillisecond);
            for (var round = 0; round < 3; round++)
            {
                await sockets.WaitForEvents(set, 0);
                counts.Add(sockets.ReturnValue);
                await sockets.ReceiveFrom(socket, Buffer, 64, MessageFlags.DoNotWait);
            }
        }).Start();
        world.Arrive(0);
        world.Arrive(0);
        world.Run(2 * Picoseconds.PerMillisecond);

        Assert.Equal([1, 1, 0], counts);
    }

    [Fact]
    public void A_crash_frees_all_that_the_process_had_and_its_neighbour_goes_on()
    {
        using var world = new ProcessWorld(cores: 2)
            .Process(Crasher, CorePlacement.Own)
            .Process(new UdpEcho(7, 0))
            .Start();
        var framesBefore = world.Machine.Frames.FreeFrameCount;
        for (var count = 0; count < 20; count++)
            world.Arrive(0);
        for (var count = 0; count < 20; count++)
            world.Arrive(1, afterPs: count * 2 * Picoseconds.PerMicrosecond);
        world.Run();

        Assert.Equal(1, world.Kernel.ProcessCount);
        Assert.Equal(20, world.SentBy(1).Count());
        Assert.Empty(world.SentBy(0));
        Assert.True(world.Machine.Frames.FreeFrameCount >= framesBefore + 2);
        world.AssertDrained();

        // What comes for it later has no namespace, and harms nobody.
        world.Arrive(0);
        world.Arrive(1);
        world.Run();
        Assert.Equal(21, world.SentBy(1).Count());
        world.AssertDrained();
    }

    [Fact]
    public void A_network_taken_by_force_ends_waiting_calls_with_an_error()
    {
        var errors = new List<ErrorNumber>();
        using var world = new ProcessWorld()
            .Process(async (_, sockets) =>
            {
                var socket = await sockets.Socket();
                await sockets.Bind(socket, 7);
                await sockets.ReceiveFrom(socket, Buffer, 64);
                errors.Add(sockets.Error);
                await sockets.SendTo(
                    socket, Buffer, 64, new UdpPeer(ProcessWorld.ClientIp, 9));
                errors.Add(sockets.Error);
                errors.Add((ErrorNumber)(-await sockets.Socket()));
            })
            .Process(new UdpEcho(7, 0))
            .Start();
        world.Revoke(0);
        world.Revoke(0);
        world.Run();
        world.Arrive(0);
        world.Arrive(1);
        world.Run();

        Assert.Equal(
            [ErrorNumber.NetworkDown, ErrorNumber.NetworkDown, ErrorNumber.NetworkDown], errors);
        Assert.Equal([("server.p[0]", 1), ("server.p[0]", 0)], world.Revoked);
        Assert.Single(world.SentBy(1));
        world.AssertDrained();
    }

    [Fact]
    public void A_core_that_is_one_tenants_own_is_refused_to_others()
    {
        using var world = new ProcessWorld(cores: 2)
            .Process(new UdpEcho(7, 0), CorePlacement.Own)
            .Process(new UdpEcho(7, 0), CorePlacement.Own)
            .Process(new UdpEcho(7, 0), CorePlacement.Own)
            .Process(new UdpEcho(7, 0))
            .Start();

        Assert.Equal(2, world.Ready.Count);
        Assert.Equal(2, world.Refused.Count);
        Assert.Equal(2, world.Kernel.ProcessCount);
        world.AssertFramesOwned();
    }

    [Fact]
    public void Calls_of_the_control_plane_are_reported()
    {
        using var world = new ProcessWorld().Process(new UdpEcho(7, 0)).Start();
        Assert.Equal([("socket", false), ("bind", false)], world.Calls);
    }

    private static async EmulatedTask Crasher(ApplicationHost host, ProcessSockets sockets)
    {
        var socket = await sockets.Socket();
        await sockets.Bind(socket, 7);
        await sockets.ReceiveFrom(socket, Buffer, 64);
        host.Work(20 * Picoseconds.PerMicrosecond);
        host.Memory.ReadUInt32(0);
    }
}
