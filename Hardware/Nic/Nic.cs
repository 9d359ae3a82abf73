using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic.Software;
using Disguise.Hardware.PciExpress;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>
/// A network interface card with SR-IOV, after the Intel 82599 (datasheet revision 2.75): a
/// physical function for the kernel and virtual functions for tenants, each with registers of its
/// own, descriptor rings in its domain's memory, and interrupts. This is the handle that the
/// machine's composition holds; tenants reach their function through registers and memory only.
/// </summary>
/// <remarks>
/// One component in the emulated world: the actors of device, physical and virtual functions are
/// where messages enter it, and share its buffers and tables as the parts of a chip do.
/// </remarks>
public sealed class Nic
{
    private readonly NicDataPath device;

    private Nic(NicDataPath device) => this.device = device;

    /// <summary>
    /// Puts a NIC into a machine, as a child of the machine's actor. Its VFs do not exist before
    /// software sets VF Enable.
    /// </summary>
    public static Nic Attach(
        Machine machine, NicOptions options, IActorContext machineActorContext)
    {
        var device = new NicDataPath(machine, options);
        device.Device = machine.Island.Spawn(
            machineActorContext, ActorProps.Of(() => new NicActor(device)), options.Name);
        return new Nic(device);
    }

    /// <summary>The device's actor: frames come here, and <c>KernelAttached</c>.</summary>
    public IslandActorRef Device => device.Device;

    /// <summary>The physical function's actor, there when the device has started.</summary>
    public IslandActorRef PhysicalFunction => device.Configuration.Physical.Actor
        ?? throw new InvalidOperationException("the device has not started yet");

    /// <summary>Address of the device: <c>server.nic</c>.</summary>
    public string Address => device.Address;

    /// <summary>How it was made.</summary>
    public NicOptions Options => device.Options;

    /// <summary>What it can do.</summary>
    public NicModel Model => device.Model;

    /// <summary>Routing id of the physical function.</summary>
    public FunctionId PhysicalFunctionId => device.Configuration.Space.Function;

    /// <summary>Routing id of a function, -1 for the physical one, whether or not it exists.
    /// </summary>
    public FunctionId FunctionOf(int function) => function < 0
        ? PhysicalFunctionId : device.Configuration.IdOf(function);

    /// <summary>Virtual functions that exist now.</summary>
    public int VirtualFunctionCount => device.Configuration.FunctionCount;

    /// <summary>Queue pairs of each virtual function that exists.</summary>
    public int QueuesPerFunction => Model.QueuesPerFunction(VirtualFunctionCount);

    /// <summary>Offset of the SR-IOV capability in the physical function's space.</summary>
    public int SrIovCapabilityOffset =>
        device.Configuration.Space.FindExtendedCapability(ExtendedCapabilityId.SrIov);

    /// <summary>Pages of a virtual function's register window.</summary>
    public int RegisterPages => FunctionRegisters.WindowBytes / Frame.SizeBytes;

    /// <summary>Rate of the port.</summary>
    public long LinkBitsPerSecond => Options.LinkBitsPerSecond;

    /// <summary>Physical address of a function's registers, -1 for the physical one.</summary>
    public long RegistersOf(int function) => device.Configuration.RegistersOf(function);

    /// <summary>
    /// Adds functions that a core emulates, numbered behind the virtual ones that will be enabled.
    /// Orders and states know them by those numbers. Called once, by the kernel at boot.
    /// </summary>
    public void AddSoftwareFunctions(int first, int count, ISoftwareExecution execution) =>
        device.Configuration.AddSoftware(first, count, execution);

    /// <summary>Configuration spaces of all functions that exist, the physical one first.
    /// </summary>
    public IReadOnlyList<ConfigurationSpace> ConfigurationSpaces
    {
        get
        {
            var spaces = new List<ConfigurationSpace> { device.Configuration.Space };
            for (var number = 0; number < VirtualFunctionCount; number++)
                spaces.Add(device.Configuration.SpaceOf(FunctionOf(number))!);
            return spaces;
        }
    }

    /// <summary>The message with which the wire delivers to <see cref="Device"/>.</summary>
    public object FrameArrival { get; } = new NetworkProtocol.FrameArrival(0);

    /// <summary>The message with which it delivers a frame that was damaged on the way.</summary>
    public object DamagedFrameArrival { get; } = new NetworkProtocol.FrameArrival(0, true);

    /// <summary>Frames through the device, functions apart.</summary>
    public PacketCounters Counters => device.Counters;

    /// <summary>Frames through all functions, those that are gone included.</summary>
    public PacketCounters FunctionCounters
    {
        get
        {
            var sum = new PacketCounters();
            sum.Add(device.Configuration.Retired);
            for (var number = -1; number < device.Configuration.EndNumber; number++)
            {
                if (device.Configuration.Find(number)?.StatisticsIfAny is { } statistics)
                    sum.Add(statistics.Packets);
            }

            return sum;
        }
    }

    /// <summary>Predicates in the table of receive filters.</summary>
    public int FiltersInstalled => device.Classifier.FilterCount;

    /// <summary>Connects the port to the link that takes what it sends.</summary>
    public void ConnectLink(IslandActorRef link) => device.ConnectLink(link);

    /// <summary>The actor of a function that exists, -1 for the physical one.</summary>
    public IslandActorRef? ActorOf(int function) => device.Configuration.Find(function)?.Actor;

    /// <summary>Records the frames at the port: from the wire, and to it.</summary>
    public void SetPortTap(IFrameTap? tap) => device.Tap = tap;

    /// <summary>Records the frames of a function that exists, -1 for the physical one.</summary>
    public void SetTap(int function, IFrameTap? tap)
    {
        if (device.Configuration.Find(function) is not { } found)
            throw new InvalidOperationException($"{Address} has no function {function}");
        found.Tap = tap;
    }

    /// <summary>A function at this moment, -1 for the physical one; null if it is not there.
    /// </summary>
    public VirtualFunctionState? StateOf(int function)
    {
        if (device.Configuration.Find(function) is not { } found)
            return null;
        var rings = new List<RingState>();
        for (var queue = 0; queue < found.Receive.QueueCount; queue++)
        {
            ref readonly var one = ref found.Receive[queue];
            rings.Add(StateOf(one.Ring, queue, QueueDirection.Receive, one.Limiter));
        }

        for (var queue = 0; queue < found.Transmit.QueueCount; queue++)
        {
            ref readonly var one = ref found.Transmit[queue];
            rings.Add(StateOf(one.Ring, queue, QueueDirection.Transmit, one.Limiter));
        }

        return new VirtualFunctionState(
            device.AddressOf(found), found.Id,
            found.Mac == 0 ? null : new MacAddress(found.Mac), found.IsLinkUp, rings,
            found.StatisticsIfAny);
    }

    private static RingState StateOf(
        in Queues.Ring ring, int queue, QueueDirection direction, in Queues.RateLimiter limiter) =>
        new(queue, direction, ring.Base, ring.Count, ring.Head, ring.Tail, ring.IsEnabled,
            limiter.BitsPerSecond);
}
