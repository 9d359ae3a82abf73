using System.Buffers.Binary;

namespace Disguise.Hardware.PciExpress;

/// <summary>
/// The configuration space of one function: 4096 bytes (PCI Express Base Specification 3.1, section
/// 7.2), computed from the function's state at each access and stored nowhere. Accesses are 8, 16
/// or 32 bits, naturally aligned, little-endian; read-only, read-write and write-1-to-clear bits
/// behave as the specification's registers. Reserved bits read as zero.
/// </summary>
public abstract class ConfigurationSpace
{
    /// <summary>Bytes in a function's configuration space.</summary>
    public const int SizeBytes = 4096;

    private protected ConfigurationSpace(FunctionId function) => Function = function;

    /// <summary>The function's routing id.</summary>
    public FunctionId Function { get; }

    /// <summary>The vendor id that software has to know the function by.</summary>
    public abstract ushort VendorId { get; }

    /// <summary>
    /// The device id that software has to know the function by. A VF's own register reads FFFFh;
    /// the SR-IOV capability of its PF has this one.
    /// </summary>
    public abstract ushort DeviceId { get; }

    /// <summary>Whether the function may send memory requests: DMA and MSI-X messages.</summary>
    public abstract bool IsBusMaster { get; }

    /// <summary>The function's interrupt vectors.</summary>
    public abstract MsiXTable MsiX { get; }

    /// <summary>The function's error registers.</summary>
    public abstract AdvancedErrorReporting Errors { get; }

    /// <summary>
    /// Records an error in the function's registers, with the header of its packet. Gives the
    /// message that goes to the root complex, if mask and Device Control allow one.
    /// </summary>
    public ErrorSeverity ReportError(UncorrectableError error, UInt128 packetHeader = default)
    {
        var severity = Errors.Report(error, packetHeader);
        var isFatal = severity == ErrorSeverity.Fatal;
        var detected = isFatal ? DeviceStatus.FatalError : DeviceStatus.NonFatalError;
        if (error == UncorrectableError.UnsupportedRequest)
        {
            detected |= DeviceStatus.UnsupportedRequest;
        }
        NoteErrors(detected, StatusOf(error));
        return (ReportingControl & (isFatal ? 1 << 2 : 1 << 1)) != 0
            ? severity
            : ErrorSeverity.Masked;
    }

    /// <summary>
    /// Records an error. Gives the message that goes to the root complex, if any.
    /// </summary>
    public ErrorSeverity ReportError(CorrectableError error)
    {
        var severity = Errors.Report(error);
        NoteErrors(DeviceStatus.CorrectableError, 0);
        return (ReportingControl & 1) != 0 ? severity : ErrorSeverity.Masked;
    }

    /// <summary>Reads 8 bits.</summary>
    public byte ReadByte(int offset) => (byte)ReadBits(offset, 1);

    /// <summary>Reads 16 bits.</summary>
    public ushort ReadUInt16(int offset) => (ushort)ReadBits(offset, 2);

    /// <summary>Reads 32 bits.</summary>
    public uint ReadUInt32(int offset) => ReadBits(offset, 4);

    /// <summary>Writes 8 bits.</summary>
    public void WriteByte(int offset, byte value) => WriteBits(offset, 1, value);

    /// <summary>Writes 16 bits.</summary>
    public void WriteUInt16(int offset, ushort value) => WriteBits(offset, 2, value);

    /// <summary>Writes 32 bits.</summary>
    public void WriteUInt32(int offset, uint value) => WriteBits(offset, 4, value);

    /// <summary>All 4096 bytes as they read now.</summary>
    public void CopyTo(Span<byte> destination)
    {
        for (var offset = 0; offset < SizeBytes; offset += sizeof(uint))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[offset..], ReadRegister(offset));
        }
    }

    /// <summary>Offset of a capability in the list of section 7.5.1.1.11, or zero.</summary>
    public int FindCapability(CapabilityId id)
    {
        // A list has no more entries than fit between the header and the extended space.
        var offset = (int)ReadByte(0x34);
        for (var count = 0; offset != 0 && count < 48; count++)
        {
            if (ReadByte(offset) == (byte)id) return offset;
            offset = ReadByte(offset + 1);
        }
        return 0;
    }

    /// <summary>Offset of an extended capability (section 7.9), or zero.</summary>
    public int FindExtendedCapability(ExtendedCapabilityId id)
    {
        var offset = 0x100;
        for (var count = 0; offset != 0 && count < 240; count++)
        {
            var header = ReadUInt32(offset);
            if ((header & 0xFFFF) == (uint)id) return offset;
            offset = (int)(header >> 20);
        }
        return 0;
    }

    /// <summary>Device Control, in which bits 0 to 2 enable error messages; a VF's PF's.</summary>
    private protected abstract ushort ReportingControl { get; }

    /// <summary>
    /// Sets bits of Device Status, and of the register that has Status in its upper half.
    /// </summary>
    private protected abstract void NoteErrors(DeviceStatus detected, uint status);

    /// <summary>The 32-bit register at an aligned offset.</summary>
    private protected abstract uint ReadRegister(int offset);

    /// <summary>
    /// A write to the bytes of a register that <paramref name="lanes"/> has ones in.
    /// </summary>
    private protected abstract void WriteRegister(int offset, uint value, uint lanes);

    /// <summary>Detected Parity Error and Signaled Target Abort (section 7.5.1.1.4).</summary>
    private static uint StatusOf(UncorrectableError error) => error switch
    {
        UncorrectableError.PoisonedTlp => 1U << 31,
        UncorrectableError.CompleterAbort => 1U << 27,
        _ => 0,
    };

    private static void Require(int offset, int lengthBytes)
    {
        if ((uint)offset > SizeBytes - lengthBytes || offset % lengthBytes != 0)
        {
            throw new InvalidOperationException(
                $"{lengthBytes} bytes at 0x{offset:x} are no register of configuration space");
        }
    }

    private uint ReadBits(int offset, int lengthBytes)
    {
        Require(offset, lengthBytes);
        return ReadRegister(offset & ~3) >> (8 * (offset & 3));
    }

    private void WriteBits(int offset, int lengthBytes, uint value)
    {
        Require(offset, lengthBytes);
        var shift = 8 * (offset & 3);
        var lanes = lengthBytes == 4 ? uint.MaxValue : ((1U << (8 * lengthBytes)) - 1) << shift;
        WriteRegister(offset & ~3, value << shift, lanes);
    }
}
