using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;

namespace Disguise.Hardware.Observation;

/// <summary>
/// Follows requests through devices and cores for <c>explain</c>. Hardware and library call it
/// when it is set; it changes nothing. Frames are told apart by their bytes. Who works on a request
/// is an executor: a <see cref="Core"/> whose kernel does it, or a <see cref="CpuContext"/>, which
/// tells its charges.
/// </summary>
public interface IRequestObserver : IChargeObserver
{
    /// <summary>A frame spends a stretch of time at a stage: a wire, a queue, a DMA.</summary>
    void FrameStage(
        Island island, long frame, string who, string what, long startPs, long endPs);

    /// <summary>A device has put a frame into a receive descriptor's buffer.</summary>
    void ReceiveDescriptorFilled(
        Island island, long frame, string function, int queue, int index);

    /// <summary>A driver has taken a receive descriptor; its executor now serves that request.
    /// </summary>
    void ReceiveDescriptorTaken(object executor, string function, int queue, int index);

    /// <summary>
    /// The request that an executor serves leaves it at a time: for the queue of a socket, a
    /// message, a ring that two domains share. Who takes it on knows it by the token.
    /// </summary>
    void RequestQueued(object executor, long token, long atPs);

    /// <summary>Another executor takes a request on at a time; it now serves it.</summary>
    void RequestTaken(object executor, long token, long atPs);

    /// <summary>A driver has posted a transmit descriptor and rung the register.</summary>
    void TransmitDescriptorPosted(
        object executor, string function, int queue, int index, long atPs);

    /// <summary>A device has read a transmit descriptor's buffer into a frame.</summary>
    void TransmitDescriptorFetched(
        Island island, long frame, string function, int queue, int index);

    /// <summary>
    /// A core emulates a device's function: what waits in that function for its turn waits for the
    /// core, and what the core does meanwhile is the reason. Its descriptors are told under the
    /// name that its driver knows, its stages under its address.
    /// </summary>
    void FunctionEmulated(string address, string function, Core core)
    {
    }

    /// <summary>
    /// A core does its kernel's work, a number of events or bytes, or an interrupt is on its way to
    /// it. What waits for the core waits for that.
    /// </summary>
    void CoreOccupied(
        Core core, string who, string what, long count, long startPs, long durationPs);
}
