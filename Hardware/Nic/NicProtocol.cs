using Disguise.Actors.Crossings;
using Disguise.Actors.Islands;
using Disguise.Actors.Wires;
using Disguise.Hardware.Nic.Descriptors;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>What the parts of a NIC hand to one another: frames, room and their own timers.
/// </summary>
public static class NicProtocol
{
    /// <summary>
    /// The device hands a frame to a function, at the time when its DMA has ended. The word is the
    /// frame. What the device found out about it is in the message; there is one of each kind.
    /// </summary>
    public sealed record ReceiveToFunction : CrossingMessage, IFrameMessage
    {
        private const int StatusCount = 16;
        private const int KindCount = 4;
        private static readonly ReceiveToFunction[] Instances = All();

        private ReceiveToFunction(int queue, ChecksumStatus checksums, int kind)
            : base(CrossingKind.Device)
        {
            Queue = queue;
            Checksums = checksums;
            Headers = kind switch
            {
                1 => PacketType.Ipv4,
                2 => PacketType.Ipv4 | PacketType.Tcp,
                3 => PacketType.Ipv4 | PacketType.Udp,
                _ => PacketType.None,
            };
        }

        /// <summary>The queue, or any by RSS.</summary>
        public int Queue { get; }

        /// <summary>What the device verified.</summary>
        public ChecksumStatus Checksums { get; }

        /// <summary>The headers that it found.</summary>
        public PacketType Headers { get; }

        /// <summary>The message for a queue and what the device found.</summary>
        public static ReceiveToFunction Of(
            int queue, ChecksumStatus checksums, in FrameFields fields)
        {
            var kind = !fields.HasIpv4 ? 0
                : !fields.HasPorts ? 1
                : fields.Protocol == IpProtocol.Tcp ? 2 : 3;
            return Instances[IndexOf(queue, checksums, kind)];
        }

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => Digest.Mix(
            island.Frames.DigestOf(word),
            (uint)(Queue + 1) | ((ulong)Checksums << 8) | ((ulong)Headers << 16));

        private static int IndexOf(int queue, ChecksumStatus checksums, int kind) =>
            ((((queue + 1) * StatusCount) + (int)checksums) * KindCount) + kind;

        private static ReceiveToFunction[] All()
        {
            const int Queues = NicModel.PhysicalFunctionQueues + 1;
            var all = new ReceiveToFunction[Queues * StatusCount * KindCount];
            for (var queue = -1; queue < Queues - 1; queue++)
            {
                for (var index = 0; index < StatusCount * KindCount; index++)
                {
                    var status = (ChecksumStatus)(index / KindCount);
                    all[IndexOf(queue, status, index % KindCount)] =
                        new ReceiveToFunction(queue, status, index % KindCount);
                }
            }

            return all;
        }
    }

    /// <summary>A function hands a frame to the device; the word is the frame.</summary>
    /// <param name="Function">Number of the function; -1 is the physical one.</param>
    public sealed record TransmitFromFunction(int Function)
        : CrossingMessage(CrossingKind.Device), IFrameMessage
    {
        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) =>
            Digest.Mix(island.Frames.DigestOf(word), (uint)Function);
    }

    /// <summary>The transmit buffer has room for a queue that waited; the word is the queue.
    /// </summary>
    public sealed record RoomToTransmit() : CrossingMessage(CrossingKind.Device), IWordMessage
    {
        /// <summary>The only instance.</summary>
        public static RoomToTransmit Instance { get; } = new();

        /// <inheritdoc/>
        public override ulong ContentDigest(Island island, long word) => (ulong)word;
    }

    /// <summary>Descriptors up to a tail have been fetched; the word is tail and queue.</summary>
    internal sealed record DescriptorsFetched : IInternalMessage, IWordMessage
    {
        public static DescriptorsFetched Instance { get; } = new();
    }

    /// <summary>A transmit queue goes on; the word is the queue.</summary>
    internal sealed record TransmitStep : IInternalMessage, IWordMessage
    {
        public static TransmitStep Instance { get; } = new();
    }

    /// <summary>A transmit descriptor is done; the word is descriptor and queue.</summary>
    internal sealed record TransmitDone : IInternalMessage, IWordMessage
    {
        public static TransmitDone Instance { get; } = new();
    }

    /// <summary>An interrupt that was held back may go; the word is the vector.</summary>
    internal sealed record ThrottleExpired : IInternalMessage, IWordMessage
    {
        public static ThrottleExpired Instance { get; } = new();
    }

    /// <summary>Bytes have left the transmit buffer.</summary>
    internal sealed record RoomFreed : IInternalMessage, IWordMessage
    {
        public static RoomFreed Instance { get; } = new();
    }

    /// <summary>The core that emulates functions is done with a packet.</summary>
    internal sealed record SoftwareTurn : IInternalMessage, IWordMessage
    {
        public static SoftwareTurn Instance { get; } = new();
    }

    /// <summary>There are functions that a core emulates: the device makes their actors.
    /// </summary>
    internal sealed record SoftwareAdded : IInternalMessage
    {
        public static SoftwareAdded Instance { get; } = new();
    }

    /// <summary>VF Enable has changed: the device makes or stops the functions' actors.</summary>
    internal sealed record FunctionsChanged : IInternalMessage
    {
        public static FunctionsChanged Instance { get; } = new();
    }
}
