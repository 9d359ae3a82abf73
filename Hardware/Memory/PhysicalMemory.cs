using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Disguise.Hardware.Memory;

/// <summary>
/// The physical memory of one machine. Sparse: bytes exist only in lines of 128 bytes that were
/// written; the rest reads as zero. Addresses are byte addresses from zero; numbers are
/// little-endian. An address outside is a bug of the caller and throws
/// <see cref="InvalidOperationException"/>: the MMU and the IOMMU check before they come here.
/// </summary>
public sealed class PhysicalMemory
{
    /// <summary>Bytes in a line: the unit of storage and of watching.</summary>
    public const int LineSizeBytes = LineSlab.LineSizeBytes;

    /// <summary>Watchers that one line may have.</summary>
    public const int MaximumWatchersPerLine = 16;

    private const int LineShift = 7;
    private const int OffsetMask = LineSizeBytes - 1;
    private const int LinesPerFrame = Frame.SizeBytes / LineSizeBytes;

    private readonly LineTable table = new();
    private readonly LineSlab slab = new();
    private readonly LineWatches watches = new();

    /// <summary>Memory of a size in bytes: a multiple of the frame size, up to 512 GiB.</summary>
    public PhysicalMemory(long sizeBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sizeBytes, Frame.SizeBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizeBytes, 1L << (32 + LineShift));
        if (sizeBytes % Frame.SizeBytes != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(sizeBytes), sizeBytes, "not a whole number of frames");
        }
        SizeBytes = sizeBytes;
    }

    /// <summary>Bytes of memory that the machine has.</summary>
    public long SizeBytes { get; }

    /// <summary>Bytes in lines that were written or are watched.</summary>
    public long TouchedBytes => (long)table.Count * LineSizeBytes;

    /// <summary>Bytes that the emulator spends on this memory beyond the touched lines.</summary>
    public long OverheadBytes => table.OverheadBytes + slab.ReservedBytes - TouchedBytes;

    /// <summary>Whether a range lies in this memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(long physicalAddress, long lengthBytes) =>
        (ulong)lengthBytes <= (ulong)SizeBytes
        && (ulong)physicalAddress <= (ulong)(SizeBytes - lengthBytes);

    /// <summary>Reads bytes. Untouched ones are zero, and reading does not touch them.</summary>
    public void Read(long physicalAddress, Span<byte> destination)
    {
        Require(physicalAddress, destination.Length);
        while (destination.Length > 0)
        {
            var length = Math.Min(destination.Length, RestOfLine(physicalAddress));
            var location = table.Find(LineOf(physicalAddress));
            if (location == 0) destination[..length].Clear();
            else Bytes(location, physicalAddress)[..length].CopyTo(destination);
            destination = destination[length..];
            physicalAddress += length;
        }
    }

    /// <summary>Writes bytes, then tells the watchers of every line touched.</summary>
    public void Write(long physicalAddress, ReadOnlySpan<byte> source)
    {
        Require(physicalAddress, source.Length);
        var address = physicalAddress;
        var watched = false;
        for (var rest = source; rest.Length > 0;)
        {
            var length = Math.Min(rest.Length, RestOfLine(address));
            var location = Touch(LineOf(address));
            rest[..length].CopyTo(Bytes(location, address));
            watched |= LineTable.IsWatched(location);
            rest = rest[length..];
            address += length;
        }
        if (watched) Notify(physicalAddress, source.Length);
    }

    /// <summary>Reads 16 bits, aligned or not.</summary>
    public ushort ReadUInt16(long physicalAddress)
    {
        if (!IsInOneLine(physicalAddress, sizeof(ushort)))
        {
            return (ushort)ReadOverLines(physicalAddress, sizeof(ushort));
        }
        var location = table.Find(LineOf(physicalAddress));
        return location == 0
            ? (ushort)0
            : BinaryPrimitives.ReadUInt16LittleEndian(Bytes(location, physicalAddress));
    }

    /// <summary>Reads 32 bits, aligned or not.</summary>
    public uint ReadUInt32(long physicalAddress)
    {
        if (!IsInOneLine(physicalAddress, sizeof(uint)))
        {
            return (uint)ReadOverLines(physicalAddress, sizeof(uint));
        }
        var location = table.Find(LineOf(physicalAddress));
        return location == 0
            ? 0
            : BinaryPrimitives.ReadUInt32LittleEndian(Bytes(location, physicalAddress));
    }

    /// <summary>Reads 64 bits, aligned or not.</summary>
    public ulong ReadUInt64(long physicalAddress)
    {
        if (!IsInOneLine(physicalAddress, sizeof(ulong)))
        {
            return ReadOverLines(physicalAddress, sizeof(ulong));
        }
        var location = table.Find(LineOf(physicalAddress));
        return location == 0
            ? 0
            : BinaryPrimitives.ReadUInt64LittleEndian(Bytes(location, physicalAddress));
    }

    /// <summary>Writes 16 bits, aligned or not, and tells the watchers.</summary>
    public void WriteUInt16(long physicalAddress, ushort value)
    {
        if (!IsInOneLine(physicalAddress, sizeof(ushort)))
        {
            WriteOverLines(physicalAddress, value, sizeof(ushort));
            return;
        }
        var line = LineOf(physicalAddress);
        var location = Touch(line);
        BinaryPrimitives.WriteUInt16LittleEndian(Bytes(location, physicalAddress), value);
        if (LineTable.IsWatched(location)) watches.Notify(line, physicalAddress, sizeof(ushort));
    }

    /// <summary>Writes 32 bits, aligned or not, and tells the watchers.</summary>
    public void WriteUInt32(long physicalAddress, uint value)
    {
        if (!IsInOneLine(physicalAddress, sizeof(uint)))
        {
            WriteOverLines(physicalAddress, value, sizeof(uint));
            return;
        }
        var line = LineOf(physicalAddress);
        var location = Touch(line);
        BinaryPrimitives.WriteUInt32LittleEndian(Bytes(location, physicalAddress), value);
        if (LineTable.IsWatched(location)) watches.Notify(line, physicalAddress, sizeof(uint));
    }

    /// <summary>Writes 64 bits, aligned or not, and tells the watchers.</summary>
    public void WriteUInt64(long physicalAddress, ulong value)
    {
        if (!IsInOneLine(physicalAddress, sizeof(ulong)))
        {
            WriteOverLines(physicalAddress, value, sizeof(ulong));
            return;
        }
        var line = LineOf(physicalAddress);
        var location = Touch(line);
        BinaryPrimitives.WriteUInt64LittleEndian(Bytes(location, physicalAddress), value);
        if (LineTable.IsWatched(location)) watches.Notify(line, physicalAddress, sizeof(ulong));
    }

    /// <summary>
    /// Copies a range, also onto itself. Lines untouched on both sides stay untouched. Watchers of
    /// the destination are told when all bytes have landed.
    /// </summary>
    public void Copy(long sourceAddress, long destinationAddress, long lengthBytes)
    {
        Require(sourceAddress, lengthBytes);
        Require(destinationAddress, lengthBytes);
        // Like memmove: start at the end that does not overwrite what is still to be read.
        var backwards = destinationAddress > sourceAddress;
        var watched = false;
        for (long done = 0; done < lengthBytes;)
        {
            var rest = lengthBytes - done;
            int length;
            long offset;
            if (backwards)
            {
                length = (int)Math.Min(rest, Math.Min(
                    UsedOfLine(sourceAddress + rest), UsedOfLine(destinationAddress + rest)));
                offset = rest - length;
            }
            else
            {
                length = (int)Math.Min(rest, Math.Min(
                    RestOfLine(sourceAddress + done), RestOfLine(destinationAddress + done)));
                offset = done;
            }
            watched |= CopyInsideLine(sourceAddress + offset, destinationAddress + offset, length);
            done += length;
        }
        if (watched) Notify(destinationAddress, lengthBytes);
    }

    /// <summary>
    /// Drops all lines of a frame, so that its next owner reads zeros. Its watches end with it:
    /// who watched for the last owner learns nothing of the next.
    /// </summary>
    public void ReleaseFrame(long frameNumber)
    {
        Require(Frame.AddressOf(frameNumber), Frame.SizeBytes);
        var first = LineOf(Frame.AddressOf(frameNumber));
        for (var line = first; line < first + LinesPerFrame; line++)
        {
            var location = table.Remove(line);
            if (location == 0) continue;
            if (LineTable.IsWatched(location)) watches.RemoveAll(line);
            slab.Free(LineTable.SlotOf(location));
        }
    }

    /// <summary>
    /// Has a watcher told of every write to the line of an address, after those registered before
    /// it. A watcher that registers twice is told twice. A watched line counts as touched. Throws
    /// <see cref="InvalidOperationException"/> beyond <see cref="MaximumWatchersPerLine"/>.
    /// </summary>
    public void Watch(long physicalAddress, IMemoryWatcher watcher)
    {
        ArgumentNullException.ThrowIfNull(watcher);
        Require(physicalAddress, 1);
        var line = LineOf(physicalAddress);
        watches.Add(line, watcher);
        Touch(line);
        table.SetWatched(line, true);
    }

    /// <summary>
    /// Ends one registration. False when there is none, as after the frame's release.
    /// </summary>
    public bool Unwatch(long physicalAddress, IMemoryWatcher watcher)
    {
        Require(physicalAddress, 1);
        var line = LineOf(physicalAddress);
        if (!watches.Remove(line, watcher, out var isLast)) return false;
        if (isLast) table.SetWatched(line, false);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint LineOf(long physicalAddress) => (uint)(physicalAddress >> LineShift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RestOfLine(long physicalAddress) =>
        LineSizeBytes - ((int)physicalAddress & OffsetMask);

    private static int UsedOfLine(long endAddress) => ((int)(endAddress - 1) & OffsetMask) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsInOneLine(long physicalAddress, int lengthBytes) =>
        Contains(physicalAddress, lengthBytes) && RestOfLine(physicalAddress) >= lengthBytes;

    private ulong ReadOverLines(long physicalAddress, int lengthBytes)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        Read(physicalAddress, bytes[..lengthBytes]);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    private void WriteOverLines(long physicalAddress, ulong value, int lengthBytes)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Write(physicalAddress, bytes[..lengthBytes]);
    }

    private bool CopyInsideLine(long sourceAddress, long destinationAddress, int lengthBytes)
    {
        var line = LineOf(destinationAddress);
        var from = table.Find(LineOf(sourceAddress));
        var to = from == 0 ? table.Find(line) : Touch(line);
        if (to == 0) return false;
        var destination = Bytes(to, destinationAddress)[..lengthBytes];
        if (from == 0) destination.Clear();
        else Bytes(from, sourceAddress)[..lengthBytes].CopyTo(destination);
        return LineTable.IsWatched(to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Bytes(uint location, long physicalAddress) =>
        slab.Line(LineTable.SlotOf(location))[((int)physicalAddress & OffsetMask)..];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Touch(uint line)
    {
        var location = table.Find(line);
        return location != 0 ? location : table.Add(line, slab.Allocate());
    }

    private void Notify(long physicalAddress, long lengthBytes)
    {
        while (lengthBytes > 0)
        {
            var length = (int)Math.Min(lengthBytes, RestOfLine(physicalAddress));
            var line = LineOf(physicalAddress);
            if (LineTable.IsWatched(table.Find(line)))
            {
                watches.Notify(line, physicalAddress, length);
            }
            physicalAddress += length;
            lengthBytes -= length;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Require(long physicalAddress, long lengthBytes)
    {
        if (!Contains(physicalAddress, lengthBytes)) ThrowOutside(physicalAddress, lengthBytes);
    }

    [DoesNotReturn]
    private void ThrowOutside(long physicalAddress, long lengthBytes) =>
        throw new InvalidOperationException(
            $"{lengthBytes} bytes at 0x{physicalAddress:x} are outside {SizeBytes} of memory");
}
