using System.Buffers.Binary;
using Disguise.Actors.Execution;
using Disguise.Actors.Time;
using Disguise.Kernels.Exokernel.Predicates;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// A conversation of environments that do not trust each other (Kaashoek et al., SOSP 1997, section
/// 5.2.1 and Table 2: the pipe with protection). Each end keeps its counters and what it sends in a
/// software region that it alone writes and the other reads, both by calls; who has to wait yields
/// to the other by name, and then sleeps for a predicate over the other's counters. Nothing of it
/// is mapped, so a store that goes astray hits nothing. What cannot be is a broken pipe.
/// <code>
///   0 bytes written   4 bytes read of the other's   8 closed   64 data
/// </code>
/// </summary>
internal sealed class ProtectedPipeEnd(
    PeerLink link, RegionMemory own, RegionMemory peer, int messageBytes)
    : PipeConversation(messageBytes)
{
    /// <summary>Bytes of a region.</summary>
    public const int SizeBytes = DataOffset + CapacityBytes;

    private const int CapacityBytes = CircularBuffer.CapacityBytes;
    private const int ReadOffset = 4;
    private const int ClosedOffset = 8;
    private const int HeaderBytes = 12;
    private const int DataOffset = 64;

    private const long LingerPs = 200 * Picoseconds.PerMillisecond;

    private readonly byte[] header = new byte[HeaderBytes];
    private uint written;
    private uint read;
    private uint publishedRead;
    private uint peerWritten;
    private uint peerRead;
    private bool isPeerClosed;
    private bool hasYielded;

    /// <summary>The region that this end writes.</summary>
    public RegionMemory Own => own;

    /// <summary>The region that the other end writes.</summary>
    public RegionMemory Peer => peer;

    /// <inheritdoc/>
    public override async EmulatedTask<bool> Write(ReadOnlyMemory<byte> bytes)
    {
        link.Instructions(DescriptorInstructions);
        while (bytes.Length > 0)
        {
            link.Instructions(LookInstructions);
            var count = Math.Min(bytes.Length, CapacityBytes - (int)(written - peerRead));
            if (count == 0)
            {
                if (!await Await(() => written - peerRead < CapacityBytes))
                    return false;
                continue;
            }

            var first = Math.Min(count, CapacityBytes - PlaceOf(written));
            if (!await own.TryWrite(DataOffset + PlaceOf(written), bytes[..first])
                || (count > first && !await own.TryWrite(DataOffset, bytes[first..count])))
                return false;
            written += (uint)count;
            bytes = bytes[count..];
            if (!await Publish())
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override async EmulatedTask<bool> Read(Memory<byte> destination) =>
        await ReadTurn(destination) && (read == publishedRead || await Publish());

    /// <summary>
    /// Closes, and waits a while for the other end to have read everything: what is unread goes
    /// with the region when its writer ends.
    /// </summary>
    public override async EmulatedTask Close()
    {
        if (!await Publish(isClosed: true))
            return;
        var untilPs = link.ClockPs + LingerPs;
        while (await Look() && !isPeerClosed && peerRead != written && link.ClockPs < untilPs)
        {
            if (!await link.Sleep(News(), untilPs))
                break;
        }
    }

    /// <summary>
    /// What was read is told with the next write, or before this end waits: one call less.
    /// </summary>
    protected override async EmulatedTask<bool> ReadTurn(Memory<byte> destination)
    {
        link.Instructions(DescriptorInstructions);
        while (destination.Length > 0)
        {
            link.Instructions(LookInstructions);
            var count = (int)Math.Min((uint)destination.Length, peerWritten - read);
            if (count == 0)
            {
                if (!await Await(() => peerWritten != read))
                    return false;
                continue;
            }

            var first = Math.Min(count, CapacityBytes - PlaceOf(read));
            if (!await peer.TryRead(DataOffset + PlaceOf(read), destination[..first])
                || (count > first && !await peer.TryRead(DataOffset, destination[first..count])))
                return false;
            read += (uint)count;
            destination = destination[count..];
        }

        return true;
    }

    private static int PlaceOf(uint counter) => (int)(counter % CapacityBytes);

    /// <summary>Waits until something of the other end's is so. False when it never will be.
    /// </summary>
    private async EmulatedTask<bool> Await(Func<bool> isSo)
    {
        while (true)
        {
            if (!await Look())
                return false;
            if (isSo())
            {
                hasYielded = false;
                link.Heard();
                return true;
            }

            if (isPeerClosed || (read != publishedRead && !await Publish()))
                return false;
            if (!(hasYielded ? await link.Sleep(News(), Picoseconds.Never) : await link.Yield()))
                return false;
            hasYielded = !hasYielded;
        }
    }

    /// <summary>Reads the other end's counters. False where they cannot be, or it is gone.
    /// </summary>
    private async EmulatedTask<bool> Look()
    {
        link.Instructions(LookInstructions);
        var bytes = new byte[HeaderBytes];
        if (!await peer.TryRead(0, bytes))
            return false;
        peerWritten = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        peerRead = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(ReadOffset));
        isPeerClosed =
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(ClosedOffset)) != 0;
        return peerWritten - read <= CapacityBytes && written - peerRead <= CapacityBytes;
    }

    /// <summary>Says how far this end has come.</summary>
    private async EmulatedTask<bool> Publish(bool isClosed = false)
    {
        link.Instructions(LookInstructions);
        BinaryPrimitives.WriteUInt32LittleEndian(header, written);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(ReadOffset), read);
        BinaryPrimitives.WriteUInt32LittleEndian(
            header.AsSpan(ClosedOffset), isClosed ? 1u : 0);
        publishedRead = read;
        return await own.TryWrite(0, header);
    }

    /// <summary>The other end has written, read or closed since this one looked.</summary>
    private WakeupPredicate News() => new(
    [
        Differs(0, peerWritten), Differs(ReadOffset, peerRead), Differs(ClosedOffset, 0),
    ]);

    private PredicateProduct Differs(int offset, uint known) => new(
        offset,
        [
            new PredicateTerm(
                peer.Word(offset), PredicateOperator.Different, PredicateOperand.Number(known)),
        ]);
}
