using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions.Network;
using Disguise.LibOS.Memory;
using Disguise.LibOS.Network;

namespace Disguise.LibOS.Native;

/// <summary>
/// A queue pair that one context polls and nobody else uses, for a domain that takes packets in
/// batches and runs them to completion: when to look, when to tell the device, what to do when the
/// ring is full.
/// </summary>
/// <param name="context">The context.</param>
/// <param name="memory">The memory of its domain.</param>
/// <param name="driver">The driver of the queue pair, in the context's domain.</param>
/// <param name="requests">Follows requests when set.</param>
/// <param name="function">Address of the function, for who follows requests.</param>
/// <param name="queue">Number of the queue pair.</param>
public sealed class PolledQueue(
    CpuContext context, DomainMemory memory, INetworkDriver driver, IRequestObserver? requests,
    string function, int queue = 0)
{
    private bool hasPosted;

    /// <summary>The driver.</summary>
    public INetworkDriver Driver { get; } = driver;

    /// <summary>
    /// Spins until a packet is there, or the function is gone. The context is in sync then, so that
    /// what the driver says is there is there.
    /// </summary>
    public async EmulatedTask WaitForPackets()
    {
        Driver.ReplenishIfDue();
        while (true)
        {
            await TellDevice();
            await context.Sync();
            if (Driver.IsClosed || Driver.HasPacket)
                return;
            // The look takes time where a page has to be walked: only in sync is nothing there.
            if (context.Sync().IsCompleted)
                await context.PollUntilWritten(Driver.ArrivalAddress);
        }
    }

    /// <summary>Spins until a packet can be posted, or the function is gone.</summary>
    public async EmulatedTask WaitForRoom()
    {
        while (Driver.IsTransmitFull && !Driver.IsClosed)
        {
            await TellDevice();
            await context.Sync();
            Driver.Replenish();
            if (Driver.IsTransmitFull && !Driver.IsClosed && context.Sync().IsCompleted)
                await context.PollUntilWritten(Driver.ReportAddress);
        }
    }

    /// <summary>
    /// Takes the packet that is there through a network stack. A buffer that is no datagram's goes
    /// back at once.
    /// </summary>
    /// <param name="stack">The stack; the caller charges for it.</param>
    /// <param name="packet">The packet, which is the caller's where it is a datagram.</param>
    public Reception Receive(INetworkStack stack, out Packet packet)
    {
        requests?.ReceiveDescriptorTaken(context, function, queue, Driver.NextReceived);
        packet = Driver.Take();
        var frame = new BufferedFrame(memory, Driver.AddressOf(packet), packet);
        var reception = stack.Receive(frame, Driver, context.ClockPs);
        if (reception.Kind != ReceptionKind.Datagram)
            Driver.Done(packet);
        return reception;
    }

    /// <summary>
    /// Posts a datagram whose payload is in place in the buffer of a packet that is held, with
    /// room for headers in front of it; there must be room in the ring. The device is told later.
    /// </summary>
    /// <param name="stack">The stack, which makes the headers; the caller charges for it.</param>
    /// <param name="held">A packet in the buffer.</param>
    /// <param name="ends">From whom to whom.</param>
    /// <param name="payload">Address of the payload; <see cref="Holds"/> says whether it may be.
    /// </param>
    /// <param name="payloadBytes">Its length.</param>
    public void PostDatagram(
        INetworkStack stack, in Packet held, in UdpEndpoints ends, ulong payload,
        int payloadBytes)
    {
        Span<byte> head = stackalloc byte[UdpHeaders.LengthBytes];
        stack.WriteUdpHeaders(head, ends, payloadBytes);
        var packet = new Packet(
            held.Buffer, (int)(payload - StartOf(held)) - head.Length,
            head.Length + payloadBytes, NeedsChecksums: true);
        memory.Write(Driver.AddressOf(packet), head);
        Driver.Post(packet);
        hasPosted = true;
    }

    /// <summary>
    /// Whether a payload lies in the buffer of a packet, with room for headers in front, and is
    /// short enough for a datagram.
    /// </summary>
    public bool Holds(in Packet held, ulong payload, int payloadBytes)
    {
        var offset = payload - StartOf(held);
        return offset is >= UdpHeaders.LengthBytes and <= QueueLayout.BufferBytes
            && (uint)payloadBytes <= FrameBuilder.MaximumPayloadBytes
            && (uint)payloadBytes <= QueueLayout.BufferBytes - offset;
    }

    /// <summary>Tells the device what is new.</summary>
    public async EmulatedTask TellDevice()
    {
        if (!Driver.HasNews)
            return;
        await context.SyncBeforeSend();
        if (Driver.IsClosed)
            return;
        Driver.TellDevice();
        if (hasPosted)
        {
            requests?.TransmitDescriptorPosted(
                context, function, queue, Driver.LastPosted, context.ClockPs);
        }

        hasPosted = false;
    }

    private ulong StartOf(in Packet held) => Driver.AddressOf(held with { OffsetBytes = 0 });
}
