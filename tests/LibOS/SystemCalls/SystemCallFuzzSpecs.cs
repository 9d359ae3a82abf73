using CsCheck;
using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.SystemCalls;

namespace Disguise.LibOS.Tests.SystemCalls;

/// <summary>
/// A process that calls with whatever numbers and arguments: its kernel neither breaks nor loses a
/// packet, a buffer or a frame, and its neighbour is served.
/// </summary>
public class SystemCallFuzzSpecs
{
    private const long Memory = ProcessImage.FirstPage << Frame.Shift;

    private static readonly Gen<long> Number = Gen.Frequency(
        (12, Gen.OneOf(
            Gen.Const(3L), Gen.Const(24L), Gen.Const(41L), Gen.Const(44L), Gen.Const(45L),
            Gen.Const(49L), Gen.Const(51L), Gen.Const(232L), Gen.Const(233L), Gen.Const(291L))),
        (1, Gen.Long[-5, 400]));

    private static readonly Gen<long> Argument = Gen.Frequency(
        (6, Gen.Long[0, 4]),
        (4, Gen.Long[Memory, Memory + (2 * Frame.SizeBytes)]),
        (2, Gen.Long[0, 2_000]),
        (1, Gen.Const(-1L)),
        (1, Gen.Const(long.MinValue)),
        (1, Gen.Const(long.MaxValue)),
        (1, Gen.Long));

    [Fact]
    public void No_call_breaks_the_kernel_or_a_neighbour()
    {
        var call = Gen.Select(Number, Argument, Argument, Argument, Argument, Argument);
        call.Array[1, 80].Sample(calls =>
        {
            using var world = new ProcessWorld()
                .Process((host, sockets) => Call(host, sockets, calls))
                .Process(new UdpEcho(7, 0), rate: 1_000_000_000)
                .Start();
            for (var round = 0; round < 4; round++)
            {
                for (ushort port = 0; port < 8; port++)
                    world.Arrive(0, 300, port);
                world.Arrive(1);
                world.Run();
            }

            Assert.Equal(4, world.SentBy(1).Count());
            Assert.True(world.Kernel.Received.Inside >= 0);
            Assert.True(world.Kernel.Transmitted.Inside >= 0);
            Assert.Equal(world.Kernel.Received.Inside + world.Kernel.Transmitted.Inside,
                world.Kernel.HeldBufferCount);
            world.AssertFramesOwned();
        }, iter: 150);
    }

    private static async EmulatedTask Call(
        ApplicationHost host, ProcessSockets sockets,
        (long, long, long, long, long, long)[] calls)
    {
        // Addresses and events of its own that mean something stand where calls may look.
        Span<byte> bytes = stackalloc byte[SocketAddress.LengthBytes];
        new SocketAddress(default, 7).Write(bytes);
        for (var at = 0; at + bytes.Length <= Frame.SizeBytes; at += bytes.Length)
            host.Memory.Write((ulong)(Memory + at), bytes);
        foreach (var (number, first, second, third, fourth, fifth) in calls)
        {
            await sockets.Gate.Call(
                (SystemCallNumber)number, first, second, third, fourth, fifth);
        }
    }
}
