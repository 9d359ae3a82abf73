using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Wire;
using Order = Disguise.Hardware.Nic.PhysicalFunctionProtocol;

namespace Disguise.Hardware.Tests.Nic;

/// <summary>
/// Anything at all from the wire, in rings and in registers: nothing throws, and every packet is
/// accounted for.
/// </summary>
public class NicFuzzSpecs
{
    private const int Functions = 6;
    private static readonly MacAddress Client = new(0x0200_0000_00FF);

    [Theory]
    [InlineData("x520", 1UL)]
    [InlineData("ideal-vnic", 2UL)]
    public void Frames_descriptors_and_register_writes_of_any_kind_are_all_accounted_for(
        string model, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        using var scene = Scene(model);
        var tenants = Started(scene);
        var arrivals = 0L;
        for (var step = 0; step < 120_000; step++)
        {
            var tenant = tenants[(int)random.Below(Functions)];
            switch (random.Below(10))
            {
                case < 5:
                    arrivals++;
                    scene.Arrive(
                        AnyFrame(random, Client, NicScene.MacOf(tenant.Function)),
                        random.Below(50) == 0);
                    break;
                case < 7:
                    Transmit(random, tenant);
                    break;
                case 7:
                    tenant.Register(AnyOffset(random), AnyValue(random));
                    break;
                case 8:
                    while (tenant.TakeReceived() is not null)
                    {
                    }

                    break;
                default:
                    if (random.Below(20) == 0)
                        Restart(scene, tenant);
                    break;
            }

            if (random.Below(3) == 0)
                scene.Run((long)random.Below(3_000_000));
        }

        Drain(scene, tenants);
        var device = scene.Card.Counters;
        var functions = scene.Card.FunctionCounters;
        var states = Enumerable.Range(0, Functions)
            .Select(function => scene.Card.StateOf(function)!.Statistics!).ToArray();
        Assert.Equal((0, 0L, 0L), (scene.Island.Frames.Count, device.Inside, functions.Inside));
        var transmitted = states.Sum(one => one.GoodPacketsTransmitted);
        var received = states.Sum(one => one.GoodPacketsReceived);
        Assert.Equal(arrivals + transmitted, device.Received);
        Assert.Equal(transmitted + received, functions.Sent);
        Assert.InRange(received, 1_000, (arrivals + transmitted) * Functions);
        Assert.InRange(transmitted, 1_000, long.MaxValue);
        Assert.InRange(scene.Wire.Count, 1_000, transmitted);
    }

    [Fact]
    public void Orders_of_any_kind_between_frames_leave_nothing_behind()
    {
        var random = new DeterministicRandom(3);
        using var scene = Scene("ideal-vnic");
        var tenants = Started(scene);
        for (var step = 0; step < 20_000; step++)
        {
            var function = (int)random.Below(Functions + 1);
            scene.Send(scene.Card.PhysicalFunction, AnyOrder(random, scene, function));
            if (function < scene.Card.VirtualFunctionCount)
            {
                scene.Arrive(AnyFrame(random, Client, NicScene.MacOf(function)));
                if (step % 7 == 0)
                    Restart(scene, tenants[function]);
                Transmit(random, tenants[function]);
            }

            scene.Run((long)random.Below(2_000_000));
        }

        Drain(scene, []);
        Assert.Equal(
            (0, 0L, 0L),
            (scene.Island.Frames.Count, scene.Card.Counters.Inside,
                scene.Card.FunctionCounters.Inside));
        Assert.InRange(scene.Wire.Count, 100, int.MaxValue);
    }

    private static NicScene Scene(string model) => new(
        model == "x520" ? NicModel.X520 : NicModel.Ideal, Functions,
        options: new NicOptions { TransmitBufferBytes = 12 << 10 });

    private static Tenant[] Started(NicScene scene) =>
        [.. Enumerable.Range(0, Functions).Select(function => scene.Tenant(function).Start())];

    private static void Drain(NicScene scene, Tenant[] tenants)
    {
        foreach (var tenant in tenants)
        {
            for (var queue = 0; queue < 8; queue++)
                tenant.Register(FunctionRegisters.Transmit(queue, 0x28), 0);
        }

        scene.Run(Picoseconds.PerSecond);
    }

    private static void Restart(NicScene scene, Tenant tenant)
    {
        tenant.RegisterNow(FunctionRegisters.Control, FunctionRegisters.ResetBit);
        tenant.Restart();
        scene.Order(new Order.AssignMac(tenant.Function, NicScene.MacOf(tenant.Function)));
    }

    private static void Transmit(DeterministicRandom random, Tenant tenant)
    {
        var bytes = new byte[16];
        switch (random.Below(8))
        {
            case 0:
                Fill(random, bytes);
                tenant.PostRaw(bytes);
                break;
            case 1:
                new TransmitContext(
                    (byte)random.Below(8), (byte)random.Next(), (ushort)random.Below(512),
                    (ushort)random.Next()).Write(bytes);
                tenant.PostRaw(bytes);
                break;
            case 2:
                tenant.PostTransmit(
                    AnyFrame(random, NicScene.MacOf(tenant.Function), Client), 0,
                    piece => piece with
                    {
                        Command = (TransmitCommand)random.Below(128) | TransmitCommand.Extended,
                        BufferAddress = piece.BufferAddress + random.Below(0x40_000),
                        LengthBytes = (ushort)random.Below(3_000),
                        InsertNetworkChecksum = random.Below(2) == 0,
                        InsertTransportChecksum = random.Below(2) == 0,
                        Context = (byte)random.Below(8),
                        ChecksContext = random.Below(2) == 0,
                    });
                break;
            default:
                var to = random.Below(3) == 0
                    ? NicScene.MacOf((int)random.Below(Functions)) : Client;
                tenant.PostTransmit(AnyFrame(random, NicScene.MacOf(tenant.Function), to));
                break;
        }

        if (random.Below(3) != 0)
            tenant.RingTransmit();
    }

    /// <summary>Half of them are sound, the rest has one field changed, or is noise.</summary>
    private static byte[] AnyFrame(DeterministicRandom random, MacAddress from, MacAddress to)
    {
        var vlan = random.Below(10) == 0 ? new VlanTag((int)random.Below(4095)) : (VlanTag?)null;
        var frame = NicScene.Udp(
            from, random.Below(30) == 0 ? MacAddress.Broadcast : to,
            (int)random.Below(1_472), (ushort)random.Below(4), (ushort)random.Below(4), vlan);
        switch (random.Below(8))
        {
            case < 4:
                break;
            case < 7:
                frame[random.Below(64) % (ulong)frame.Length] ^= (byte)(1 + random.Below(255));
                break;
            default:
                frame = new byte[1 + random.Below(1_900)];
                Fill(random, frame);
                break;
        }

        return frame;
    }

    private static int AnyOffset(DeterministicRandom random) => random.Below(4) switch
    {
        0 => (int)random.Below(0x400) * 4,
        1 => FunctionRegisters.Receive((int)random.Below(9), (int)random.Below(16) * 4),
        2 => FunctionRegisters.Transmit((int)random.Below(9), (int)random.Below(16) * 4),
        _ => FunctionRegisters.InterruptCause + ((int)random.Below(64) * 4),
    };

    private static uint AnyValue(DeterministicRandom random) => random.Below(4) switch
    {
        0 => (uint)random.Next(),
        1 => (uint)random.Below(64),
        2 => (uint)random.Below(64) * 128,
        _ => FunctionRegisters.QueueEnableBit | (uint)random.Below(8),
    };

    private static Order.Order AnyOrder(DeterministicRandom random, NicScene scene, int function)
    {
        var predicate = FilterPredicate.Everything
            .WithDestinationPort((ushort)random.Below(4)).WithProtocol(17);
        if (random.Below(2) == 0)
            predicate = predicate.WithVlan((ushort)random.Below(8));
        var id = (long)random.Below(12);
        return random.Below(30) switch
        {
            0 => new Order.ResetFunction(function),
            1 => new Order.WriteConfiguration(
                scene.Card.PhysicalFunctionId, scene.Card.SrIovCapabilityOffset + 0x08, 2,
                random.Below(3) == 0 ? 0u : 0x19u),
            2 => new Order.WriteConfiguration(
                scene.Card.PhysicalFunctionId, scene.Card.SrIovCapabilityOffset + 0x10, 2,
                Functions),
            < 8 => new Order.InstallReceiveFilter(
                function - 1, (int)random.Below(9) - 1, predicate, id),
            < 12 => new Order.RemoveReceiveFilter(id),
            < 15 => new Order.InstallTransmitFilter(function, predicate, id),
            < 20 => new Order.RemoveTransmitFilter(id),
            < 22 => new Order.SetRate(
                function, (int)random.Below(9) - 1, (QueueDirection)random.Below(2),
                (long)random.Below(3) * 5_000_000_000),
            < 24 => new Order.ProgramVector(
                function, (int)random.Below(5) - 1, 0xFEE0_1000, (uint)random.Next()),
            24 => new Order.MaskVector(function, (int)random.Below(4), random.Below(2) == 0),
            25 => new Order.SetLink(random.Below(2) == 0, function),
            26 => new Order.SetLink(random.Below(4) != 0),
            _ => new Order.AssignMac(function, NicScene.MacOf(function)),
        };
    }

    private static void Fill(DeterministicRandom random, Span<byte> bytes)
    {
        foreach (ref var value in bytes)
            value = (byte)random.Next();
    }
}
