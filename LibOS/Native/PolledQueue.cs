using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Observation;
using Disguise.Kernels.Abstractions.Network;

namespace Disguise.LibOS.Native;

/// <summary>
/// A queue pair that one context polls and nobody else uses, for a domain that takes packets in
/// batches and runs them to completion: when to look, when to tell the device, what to do when the
/// ring is full.
/// </summary>
/// <param name="context">The context.</param>
/// <param name="driver">The driver of the queue pair, in the context's domain.</param>
/// <param name="requests">Follows requests when set.</param>
/// <param name="function">Address of the function, for who follows requests.</param>
/// <param name="queue">Number of the queue pair.</param>
public sealed class PolledQueue(
    CpuContext context, INetworkDriver driver, IRequestObserver? requests, string function,
    int queue = 0)
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

    /// <summary>Takes the packet that is there.</summary>
    public Packet Take()
    {
        requests?.ReceiveDescriptorTaken(context, function, queue, Driver.NextReceived);
        return Driver.Take();
    }

    /// <summary>Posts a packet; there must be room. The device is told later.</summary>
    public void Post(in Packet packet)
    {
        Driver.Post(packet);
        hasPosted = true;
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
}
