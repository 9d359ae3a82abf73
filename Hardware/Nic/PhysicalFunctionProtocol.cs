using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.PciExpress;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>
/// What the kernel says to a NIC's physical function. Each order stands for the register writes
/// that a physical function's driver makes for it (<see cref="Order.RegisterWrites"/>), which the
/// kernel charges. They take effect when they arrive, in order; only the installation of a filter
/// is answered.
/// </summary>
public static class PhysicalFunctionProtocol
{
    /// <summary>The queue number that leaves the choice to RSS.</summary>
    public const int AnyQueue = -1;

    /// <summary>The function number of the physical function's own queues.</summary>
    public const int PhysicalFunction = -1;

    private static readonly CrossingKind DeviceRegister =
        CrossingKind.Define("device-register", CrossingClass.Device);

    /// <summary>An order to the physical function.</summary>
    /// <param name="RegisterWrites">Register writes that it stands for.</param>
    public abstract record Order(int RegisterWrites) : CrossingMessage(DeviceRegister);

    /// <summary>
    /// Writes configuration space of a function: 1, 2 or 4 bytes, little-endian. VF Enable and
    /// NumVFs of the SR-IOV capability come this way.
    /// </summary>
    public sealed record WriteConfiguration(
        FunctionId Function, int Offset, int WidthBytes, uint Value) : Order(1)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            Function.RoutingId, (ulong)Offset, (ulong)WidthBytes, Value);
    }

    /// <summary>
    /// Gives a virtual function its address: frames to it arrive there where no filter says
    /// otherwise, and it may send from it only (RAL, RAH, MPSAR). <see cref="PhysicalFunction"/>
    /// may be given several, and sends from any.
    /// </summary>
    public sealed record AssignMac(int VirtualFunction, MacAddress Mac) : Order(3)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)VirtualFunction, Mac.Value);
    }

    /// <summary>
    /// Takes one of its addresses from the physical function: frames to it are nobody's (RAH,
    /// address valid). Nothing happens where it has not got it.
    /// </summary>
    public sealed record RemoveMac(MacAddress Mac) : Order(2)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Mac.Value;
    }

    /// <summary>
    /// Steers frames to a function's queue, or by RSS with <see cref="AnyQueue"/>; function
    /// <see cref="PhysicalFunction"/> is the physical function itself. Answered with
    /// <see cref="Installed"/> or <see cref="Refused"/>. A filter id may be installed with several
    /// predicates.
    /// </summary>
    public sealed record InstallReceiveFilter(
        int Function, int Queue, FilterPredicate Predicate, long FilterId) : Order(5)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Mix(
            DigestOf(Predicate), Digest.Of((ulong)Function, (ulong)Queue, (ulong)FilterId));
    }

    /// <summary>Removes all predicates of a receive filter; none is no error.</summary>
    public sealed record RemoveReceiveFilter(long FilterId) : Order(1)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)FilterId;
    }

    /// <summary>
    /// Lets a virtual function send what matches. A function with no such filter may send
    /// anything from its own address; with some, only what one of them matches. Answered like a
    /// receive filter.
    /// </summary>
    public sealed record InstallTransmitFilter(
        int VirtualFunction, FilterPredicate Predicate, long FilterId) : Order(5)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Mix(
            DigestOf(Predicate), Digest.Of((ulong)VirtualFunction, (ulong)FilterId));
    }

    /// <summary>Removes all predicates of a transmit filter; none is no error.</summary>
    public sealed record RemoveTransmitFilter(long FilterId) : Order(1)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)FilterId;
    }

    /// <summary>
    /// Paces a queue: bits a second of frames with framing, 10 Mb/s to the link's rate; 0 takes
    /// the pace off (82599 datasheet section 7.7.2.2). On the receive side what is above the rate
    /// and a burst is dropped.
    /// </summary>
    public sealed record SetRate(
        int VirtualFunction, int Queue, QueueDirection Direction, long BitsPerSecond) : Order(2)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Of(
            (ulong)VirtualFunction, (ulong)Queue, (ulong)Direction, (ulong)BitsPerSecond);
    }

    /// <summary>Writes an entry of a function's MSI-X table; unmasks it.</summary>
    /// <param name="VirtualFunction">The function, or <see cref="PhysicalFunction"/>.</param>
    /// <param name="Vector">Entry of the table.</param>
    /// <param name="Address">Where the interrupt is written: a core's local APIC.</param>
    /// <param name="Data">The vector on that core, in the low 8 bits.</param>
    public sealed record ProgramVector(
        int VirtualFunction, int Vector, ulong Address, uint Data) : Order(4)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)VirtualFunction, (ulong)Vector, Address, Data);
    }

    /// <summary>
    /// Masks or unmasks an entry of a function's MSI-X table; what was raised meanwhile is
    /// pending and sent when it is unmasked.
    /// </summary>
    public sealed record MaskVector(int VirtualFunction, int Vector, bool IsMasked) : Order(1)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)VirtualFunction, (ulong)Vector, IsMasked ? 1UL : 0UL);
    }

    /// <summary>
    /// Function-level reset (PCIe Base Specification section 6.6.2): queues off, filters, address,
    /// rates and vectors gone, registers as at the start. DMA under way stops.
    /// </summary>
    public sealed record ResetFunction(int VirtualFunction) : Order(1)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)VirtualFunction;
    }

    /// <summary>
    /// Takes the port, or one virtual function's connection to it, down or up. While down, frames
    /// are dropped both ways and the function's link register says so.
    /// </summary>
    /// <param name="IsUp">Up or down.</param>
    /// <param name="VirtualFunction">Only this one; the port itself when null.</param>
    public sealed record SetLink(bool IsUp, int? VirtualFunction = null) : Order(1)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of(IsUp ? 1UL : 0UL, (ulong)(VirtualFunction ?? -2));
    }

    /// <summary>The filter stands in the table.</summary>
    public sealed record Installed(long FilterId) : CrossingMessage(DeviceRegister)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)FilterId;
    }

    /// <summary>The filter does not stand in the table.</summary>
    public sealed record Refused(long FilterId, FilterRefusal Reason)
        : CrossingMessage(DeviceRegister)
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Of((ulong)FilterId, (ulong)Reason);
    }

    private static ulong DigestOf(in FilterPredicate predicate) => Digest.Of(
        predicate.Mask.Word0, predicate.Mask.Word1, predicate.Mask.Word2, predicate.Mask.Word3,
        predicate.Value.Word0, predicate.Value.Word1, predicate.Value.Word2,
        predicate.Value.Word3);
}
