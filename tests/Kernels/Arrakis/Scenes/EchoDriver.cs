using Disguise.Actors.Execution;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Kernels.Tests.Arrakis.Scenes;

/// <summary>Echoes frames with swapped addresses over the queues of a program's card.</summary>
internal sealed class EchoDriver(TestProgram program)
{
    public const ulong TransmitRing = ReceiveRing + 0x1000;

    private const int RingSize = 8;
    private const ulong ReceiveRing = TestProgram.DataAddress;
    private const ulong FirstBuffer = ReceiveRing + 0x2000;
    private const int BufferBytes = 2048;

    private int next;

    /// <summary>Frames echoed.</summary>
    public int Count { get; private set; }

    /// <summary>Makes and enables the rings, all receive descriptors but one posted.</summary>
    public async EmulatedTask Start()
    {
        for (var index = 0; index < RingSize - 1; index++)
            Post(index);
        foreach (var (queue, ring) in new[]
        {
            (FunctionRegisters.ReceiveQueues, ReceiveRing),
            (FunctionRegisters.TransmitQueues, TransmitRing),
        })
        {
            await program.Register(queue + FunctionRegisters.BaseLow, (uint)ring);
            await program.Register(queue + FunctionRegisters.BaseHigh, (uint)(ring >> 32));
            // A ring's length is a multiple of 128 bytes.
            await program.Register(queue + FunctionRegisters.Length, RingSize * 16);
            if (queue == FunctionRegisters.ReceiveQueues)
            {
                await program.Register(
                    queue + FunctionRegisters.SplitReplicationControl,
                    FunctionRegisters.SplitReplicationOf(2));
            }

            await program.Register(
                queue + FunctionRegisters.QueueControl, FunctionRegisters.QueueEnableBit);
        }

        await program.Register(
            FunctionRegisters.Receive(0, FunctionRegisters.Tail), RingSize - 1);
    }

    /// <summary>A doorbell for arrivals, entered into the card's registers.</summary>
    public async EmulatedTask Associate()
    {
        var answer = await program.Call(new Command.AssociateDoorbell(
            default, program.Card, 0, DoorbellEvent.PacketArrival));
        Assert.Equal(RefusalReason.None, answer.Refusal);
        var value = new DoorbellValue(answer.Value);
        var (offset, shift) = FunctionRegisters.VectorPlace(0, QueueDirection.Receive);
        await program.Register(offset, FunctionRegisters.VectorField(value.Vector) << shift);
        await program.Register(FunctionRegisters.InterruptAutoClear, 1u << value.Vector);
        await program.Register(FunctionRegisters.InterruptAutoMask, 1u << value.Vector);
    }

    /// <summary>Lets the next arrival interrupt.</summary>
    public EmulatedTask Arm() => program.Register(FunctionRegisters.InterruptMaskSet, 1);

    /// <summary>Spins until a frame is there.</summary>
    public async EmulatedTask Poll()
    {
        await program.Context.Sync();
        while (!HasFrame())
            await program.Context.PollUntilWritten(Descriptor(ReceiveRing, next));
    }

    public bool HasFrame() => (Received().Status & ReceiveStatus.DescriptorDone) != 0;

    /// <summary>Sends the frame that is there back, and posts its descriptor again.</summary>
    public async EmulatedTask Echo()
    {
        var length = Received().LengthBytes;
        var frame = program.Load(Buffer(next), length);
        var swapped = new byte[length];
        frame.CopyTo(swapped, 0);
        frame.AsSpan(0, 6).CopyTo(swapped.AsSpan(6));
        frame.AsSpan(6, 6).CopyTo(swapped);
        program.Store(Buffer(next + RingSize), swapped);
        var bytes = new byte[16];
        new TransmitDescriptor(
            Buffer(next + RingSize), length,
            TransmitCommand.EndOfPacket | TransmitCommand.Extended
                | TransmitCommand.ReportStatus,
            length).Write(bytes);
        program.Store(Descriptor(TransmitRing, next), bytes);
        var posted = (next + RingSize - 1) % RingSize;
        Post(posted);
        next = (next + 1) % RingSize;
        Count++;
        await program.Register(
            FunctionRegisters.Transmit(0, FunctionRegisters.Tail), (uint)next);
        await program.Register(
            FunctionRegisters.Receive(0, FunctionRegisters.Tail),
            (uint)((posted + 1) % RingSize));
    }

    private static ulong Descriptor(ulong ring, int index) => ring + (ulong)(index * 16);

    private static ulong Buffer(int index) => FirstBuffer + (ulong)(index * BufferBytes);

    private void Post(int index)
    {
        var bytes = new byte[16];
        new ReceiveDescriptor(Buffer(index)).Write(bytes);
        program.Store(Descriptor(ReceiveRing, index), bytes);
    }

    private ReceiveWriteBack Received() =>
        ReceiveWriteBack.Read(program.Load(Descriptor(ReceiveRing, next), 16));
}
