using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Microkernel.UserLevel;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// The driver server: owns the network interface card's physical function with its registers and
/// its DMA, one thread for each queue pair. It is a process like any other; what it may touch is
/// what its page table and its capabilities let it.
/// </summary>
public sealed class DriverServerActor : UserDomainActor
{
    private readonly DriverThread[] drivers;
    private readonly Nic nic;
    private readonly long postedWritePs;
    private long nextFilter;

    /// <summary>Makes the server.</summary>
    /// <param name="options">As for every server.</param>
    /// <param name="nic">The card; its driver knows how it is built.</param>
    public DriverServerActor(ServerOptions options, Nic nic)
        : base(
            options.Kernel, options.ThreadCount, options.Costs, options.Account,
            options.Requests)
    {
        this.nic = nic;
        postedWritePs = options.Costs.Of(DeviceCosts.PciePostedWrite);
        drivers = new DriverThread[options.ThreadCount];
        for (var queue = 0; queue < drivers.Length; queue++)
            drivers[queue] = new DriverThread(this, options, Threads[queue], nic.Address);
    }

    /// <summary>Packets taken from the card = told to the network server + dropped.</summary>
    public PacketCounters Counters { get; } = new();

    /// <summary>
    /// Writes to the card's tables for a thread, which waits for the card's answer where there is
    /// one: <see cref="AnsweredKindly"/>.
    /// </summary>
    internal void Order(UserThread thread, PhysicalFunctionProtocol.Order order)
    {
        thread.Context.Charge(HardwareCosts.MmioWrite, order.RegisterWrites);
        Send(
            nic.PhysicalFunction, order, thread.Context.ClockPs + postedWritePs);
    }

    /// <summary>A number for a filter that has none yet.</summary>
    internal long TakeFilterNumber(int queue) => (nextFilter++ << 8) | (uint)queue;

    /// <summary>Whether the card did what it was last asked for.</summary>
    internal bool AnsweredKindly { get; private set; }

    /// <inheritdoc/>
    protected override EmulatedTask Run(UserThread thread) => drivers[thread.Number].Run();

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PhysicalFunctionProtocol.Installed installed:
                Answered(installed.FilterId, true);
                break;
            case PhysicalFunctionProtocol.Refused refused:
                Answered(refused.FilterId, false);
                break;
            default:
                base.OnReceive(message);
                break;
        }
    }

    private void Answered(long filter, bool kindly)
    {
        var queue = (int)(filter & 0xFF);
        AnsweredKindly = kindly;
        Threads[queue].Context.Answer();
        EndIfCompleted(queue);
    }
}
