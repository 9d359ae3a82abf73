using Akka.Actor;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Devices;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic.Software;

namespace Disguise.Hardware.Nic;

/// <summary>
/// The port of a NIC: frames from the wire and from the functions. Makes the functions' actors
/// when VF Enable is set, and stops them when it is cleared.
/// </summary>
internal sealed class NicActor : EmulatedActor, IIommuFaultSink
{
    private readonly NicDataPath device;
    private readonly List<IslandActorRef> virtualFunctions = [];
    private IslandActorRef? kernel;
    private int stopping;

    public NicActor(NicDataPath device)
    {
        this.device = device;
        device.Device = Me;
        device.Configuration.Physical.Actor =
            Spawn("pf", () => new PhysicalFunctionActor(device));
    }

    /// <inheritdoc/>
    public void Faulted(in IommuFault fault)
    {
        if (kernel is not null)
            Send(kernel, new IommuFaultReport(fault), NowPs + device.Timings.InterruptPs);
    }

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NetworkProtocol.FrameArrival arrival:
                device.Arrive(Word, arrival.HasBadFrameCheck);
                break;
            case NicProtocol.TransmitFromFunction handOver:
                device.Transmit(handOver.Function, Word);
                break;
            case NicProtocol.RoomFreed:
                device.RoomFreed();
                break;
            case NicProtocol.FunctionsChanged:
                StopFunctions();
                MakeFunctions();
                break;
            case NicProtocol.SoftwareAdded:
                MakeSoftwareFunctions(device.Configuration.Software!);
                break;
            case Terminated:
                stopping--;
                MakeFunctions();
                break;
            case KernelAttached attached:
                kernel = attached.Kernel;
                if (device.Machine.Iommu is { } iommu)
                    iommu.FaultSink = this;
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void MakeSoftwareFunctions(SoftwareFunctions software)
    {
        for (var number = software.First; number < software.End; number++)
        {
            var function = software.Find(number)!;
            function.Actor = Spawn(
                $"software({number - software.First})",
                () => new SoftwareFunctionActor(function, software));
        }
    }

    private void StopFunctions()
    {
        foreach (var function in virtualFunctions)
        {
            Context.Watch(function);
            Context.Stop(function);
            stopping++;
        }

        virtualFunctions.Clear();
    }

    /// <summary>New actors have the names of the old ones, so those must have ended.</summary>
    private void MakeFunctions()
    {
        if (stopping > 0)
            return;
        // One recipe for all: actors are made in the order of their spawning.
        var configuration = device.Configuration;
        var made = virtualFunctions.Count;
        var recipe = ActorProps.Of(() => new VirtualFunctionActor(configuration.Find(made++)!));
        for (var number = made; number < configuration.FunctionCount; number++)
        {
            var function = configuration.Find(number)!;
            function.Actor = Island.Spawn(Context, recipe, $"vf({number})");
            virtualFunctions.Add(function.Actor);
        }
    }
}
