using Disguise.Actors.Ledgers;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Network;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Native;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// A queue of a card that environments share, under the driver that a function of one's own has:
/// the rings and their descriptors are the same, the kernel fills and empties them. The tail of the
/// transmit ring is told by a call; all else that a driver writes into registers the kernel knows
/// since the ring was bound, or sees in the ring.
/// </summary>
internal sealed class KernelQueue(DomainMemory memory, KernelGate gate, MacAddress mac)
    : IExecution, IKernelQueue
{
    /// <summary>In the place of the registers' address.</summary>
    public const ulong Registers = 0;

    private static readonly ulong TransmitTail =
        (ulong)FunctionRegisters.Transmit(0, FunctionRegisters.Tail);

    /// <summary>The calls by the tail that they tell: each is made once.</summary>
    private readonly List<ExokernelProtocol.Call?> calls = [];
    private bool hasCalled;

    /// <inheritdoc/>
    public long ClockPs => memory.ClockPs;

    /// <inheritdoc/>
    public void Charge(CostKey key, long count = 1) => memory.Charge(key, count);

    /// <inheritdoc/>
    public void Read(ulong address, Span<byte> destination) =>
        memory.Read(address, destination);

    /// <inheritdoc/>
    public void Write(ulong address, ReadOnlySpan<byte> source) =>
        memory.Write(address, source);

    /// <inheritdoc/>
    public uint ReadUInt32(ulong address) => memory.ReadUInt32(address);

    /// <inheritdoc/>
    public void StoreRegister(ulong address, uint value)
    {
        if (address != Registers + TransmitTail)
            return;
        gate.Post(CallOf((int)value));
        hasCalled = true;
    }

    /// <inheritdoc/>
    public bool TakeCall()
    {
        var called = hasCalled;
        hasCalled = false;
        return called;
    }

    private ExokernelProtocol.Call CallOf(int tail)
    {
        while (calls.Count <= tail)
            calls.Add(null);
        return calls[tail] ??= new ExokernelProtocol.Call(new KernelCall.Transmit(tail));
    }

    /// <inheritdoc/>
    public long TokenOfReceived(int index) => PacketToken.OfReceived(mac.Value, index);

    /// <inheritdoc/>
    public long TokenOfSent(int index) => PacketToken.OfSent(mac.Value, index);
}
