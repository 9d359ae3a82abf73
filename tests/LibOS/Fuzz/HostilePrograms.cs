using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Actors.Randomness;
using Disguise.Actors.Time;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.LibOS.Tests.Worlds;

namespace Disguise.LibOS.Tests.Fuzz;

/// <summary>What tenants do that wish nobody well, at random.</summary>
internal static class HostilePrograms
{
    private static readonly int[] QueueRegisters =
    [
        FunctionRegisters.BaseLow, FunctionRegisters.BaseHigh, FunctionRegisters.Length,
        FunctionRegisters.Head, FunctionRegisters.SplitReplicationControl, FunctionRegisters.Tail,
        FunctionRegisters.QueueControl, FunctionRegisters.HeadWriteBackLow,
        FunctionRegisters.HeadWriteBackHigh,
    ];

    /// <summary>Random registers, descriptors, control calls and messages, for ever.</summary>
    public static TenantWorld.Program Everything(DeterministicRandom random, long meanPausePs) =>
        async domain =>
        {
            await domain.SetUp();
            await domain.AllowOwnAddress();
            await domain.StartRings();
            var calls = new RandomCalls(domain, random);
            while (true)
            {
                Scribble(domain, random);
                for (var count = random.Below(6); count > 0; count--)
                    await StoreRegister(domain, random);
                if (random.Below(8) == 0)
                    await domain.StartRings();
                if (random.Below(4) == 0)
                    await calls.Ask();
                if (random.Below(100) == 0)
                    await domain.RenewCard();
                if (random.Below(50) == 0)
                    await domain.Say(AnyMessage(domain, random));
                await domain.Work(1 + random.NextExponentialPs(meanPausePs));
            }
        };

    /// <summary>The same for a while, then an access that ends it.</summary>
    public static TenantWorld.Program Crash(DeterministicRandom random, long atPs) =>
        async domain =>
        {
            await domain.SetUp();
            await domain.StartRings();
            while (domain.Cpu.ClockPs < atPs)
            {
                Scribble(domain, random);
                await StoreRegister(domain, random);
                await domain.Work(1 + random.NextExponentialPs(20 * Picoseconds.PerMicrosecond));
            }

            if (!domain.TryLoad(random.Next() | 1UL << 44, new byte[8]))
                throw new ComponentFailureException("a page fault that nobody handles");
        };

    private static async EmulatedTask StoreRegister(
        HostileDomain domain, DeterministicRandom random)
    {
        var queue = (int)random.Below(3);
        var register = QueueRegisters[random.Below((ulong)QueueRegisters.Length)];
        var offset = random.Below(8) switch
        {
            0 => (int)random.Below(FunctionRegisters.WindowBytes),
            1 => (int)(random.Below(0x300) & ~3UL),
            2 => FunctionRegisters.Control,
            3 or 4 => FunctionRegisters.Transmit(0, FunctionRegisters.Tail),
            5 => FunctionRegisters.Transmit(queue, register),
            6 => FunctionRegisters.Receive(0, FunctionRegisters.Tail),
            _ => FunctionRegisters.Receive(queue, register),
        };
        var value = random.Below(8) switch
        {
            0 => (uint)random.Next(),
            1 => FunctionRegisters.QueueEnableBit,
            2 => (uint)random.Below(8) * 128,
            3 => FunctionRegisters.SplitReplicationOf(1 + (int)random.Below(3)),
            _ => (uint)random.Below(HostileDomain.RingSize + 2),
        };
        // A reset in one of many times, so that rings live for a while.
        if (offset == FunctionRegisters.Control && random.Below(8) != 0)
            return;
        await domain.Register(offset, value);
    }

    /// <summary>Descriptors and bytes of frames, right, nearly right or not at all.</summary>
    private static void Scribble(HostileDomain domain, DeterministicRandom random)
    {
        Span<byte> bytes = stackalloc byte[128];
        for (var count = random.Below(5); count > 0; count--)
        {
            var index = (int)random.Below(HostileDomain.RingSize);
            var address = random.Below(8) == 0
                ? random.Next()
                : domain.Buffer((int)random.Below(44)) + random.Below(300);
            switch (random.Below(6))
            {
                case 0:
                    Fill(bytes[..16], random);
                    domain.TryStore(
                        HostileDomain.TransmitRing + ((ulong)index * 16), bytes[..16]);
                    break;
                case 1:
                    domain.PostTransmit(
                        index, address, (int)random.Below(1_600), random.Below(4) != 0,
                        (Disguise.Hardware.Nic.Descriptors.TransmitCommand)random.Below(256));
                    break;
                case 2:
                    var frame = Attacks.AttackScene.FrameToAccomplice(
                        (int)random.Below(4), (int)random.Below(4), (int)random.Below(60));
                    domain.TryStore(domain.Buffer(index % 44), frame);
                    domain.PostTransmit(index, domain.Buffer(index % 44), frame.Length);
                    break;
                case 3:
                    Fill(bytes, random);
                    domain.TryStore(address, bytes);
                    break;
                default:
                    domain.PostReceive(index, address);
                    break;
            }
        }
    }

    private static object AnyMessage(HostileDomain domain, DeterministicRandom random) =>
        random.Below(7) switch
        {
            0 => new ContainerProtocol.RevokeNetwork("server.library(0)"),
            1 => new CoreProtocol.TimerInterrupt(),
            2 => ArrakisProtocol.Dispatched.Instance,
            3 => new ArrakisProtocol.WaitForDoorbell(domain.Cpu),
            4 => new ArrakisProtocol.Yield(domain.Cpu),
            5 => new ArrakisProtocol.StartContext(domain.Cpu),
            _ => new ContainerProtocol.Stop(),
        };

    private static void Fill(Span<byte> bytes, DeterministicRandom random)
    {
        foreach (ref var value in bytes)
            value = (byte)random.Next();
    }
}
