using Disguise.Actors.Dispatch;

namespace Disguise.Hardware.Devices;

/// <summary>
/// What stands behind a region of device registers: <c>MmioRegion.Target</c> is one. A write to a
/// window of the region is a message to that window's actor.
/// </summary>
public interface IMmioTarget
{
    /// <summary>
    /// The actor behind a window, or null where no function answers: such a write is lost and a
    /// read gives all ones, as after a master abort (PCIe Base Specification section 2.3.2).
    /// </summary>
    IslandActorRef? ActorOf(int window);
}
