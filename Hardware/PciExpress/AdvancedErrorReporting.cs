using System.Numerics;

namespace Disguise.Hardware.PciExpress;

/// <summary>
/// The error registers of one function (PCI Express Base Specification 3.1, sections 6.2 and 7.10).
/// They are sticky: a function-level reset does not clear them. A VF has status and header log of
/// its own and takes mask and severity from its PF (Single Root I/O Virtualization specification
/// 1.1, section 4.2.3).
/// </summary>
public sealed class AdvancedErrorReporting
{
    /// <summary>Bytes of the capability.</summary>
    internal const int SizeBytes = 0x48;

    private const uint DefaultSeverity = (uint)(
        UncorrectableError.DataLinkProtocol | UncorrectableError.SurpriseDown
        | UncorrectableError.FlowControlProtocol | UncorrectableError.ReceiverOverflow
        | UncorrectableError.MalformedTlp);

    private readonly AdvancedErrorReporting? physical;
    private uint uncorrectable;
    private uint uncorrectableMask;
    private uint severity = DefaultSeverity;
    private uint correctable;
    private uint correctableMask = (uint)CorrectableError.AdvisoryNonFatal;
    private uint firstError;
    private UInt128 headerLog;

    /// <summary>
    /// The registers of a PF when <paramref name="physicalFunction"/> is null; else of its VF.
    /// </summary>
    internal AdvancedErrorReporting(AdvancedErrorReporting? physicalFunction = null) =>
        physical = physicalFunction;

    /// <summary>Uncorrectable errors that software has not cleared.</summary>
    public UncorrectableError Uncorrectable => (UncorrectableError)uncorrectable;

    /// <summary>Correctable errors that software has not cleared.</summary>
    public CorrectableError Correctable => (CorrectableError)correctable;

    /// <summary>
    /// Records an error and, of the first that is not masked, the header of the packet: 16 bytes,
    /// first byte most significant. Gives the message to be sent.
    /// </summary>
    public ErrorSeverity Report(UncorrectableError error, UInt128 packetHeader = default)
    {
        var bit = (uint)error;
        if (!BitOperations.IsPow2(bit) || !UncorrectableError.All.HasFlag(error))
        {
            throw new InvalidOperationException($"{error} is not one uncorrectable error");
        }
        var settings = physical ?? this;
        var isMasked = (settings.uncorrectableMask & bit) != 0;
        var isFirst = (uncorrectable & ~settings.uncorrectableMask) == 0;
        uncorrectable |= bit;
        if (isMasked) return ErrorSeverity.Masked;
        if (isFirst)
        {
            firstError = (uint)BitOperations.TrailingZeroCount(bit);
            headerLog = packetHeader;
        }
        return (settings.severity & bit) != 0 ? ErrorSeverity.Fatal : ErrorSeverity.NonFatal;
    }

    /// <summary>Records an error. Gives the message to be sent.</summary>
    public ErrorSeverity Report(CorrectableError error)
    {
        var bit = (uint)error;
        if (!BitOperations.IsPow2(bit) || !CorrectableError.All.HasFlag(error))
        {
            throw new InvalidOperationException($"{error} is not one correctable error");
        }
        correctable |= bit;
        return ((physical ?? this).correctableMask & bit) != 0
            ? ErrorSeverity.Masked
            : ErrorSeverity.Correctable;
    }

    /// <summary>The register at an offset from the capability's header.</summary>
    internal uint ReadRegister(int offset) => offset switch
    {
        0x04 => uncorrectable,
        0x08 => physical is null ? uncorrectableMask : 0,
        0x0C => physical is null ? severity : 0,
        0x10 => correctable,
        0x14 => physical is null ? correctableMask : 0,
        0x18 => firstError,
        0x1C => (uint)(headerLog >> 96),
        0x20 => (uint)(headerLog >> 64),
        0x24 => (uint)(headerLog >> 32),
        0x28 => (uint)headerLog,
        _ => 0,
    };

    /// <summary>A write to a register.</summary>
    internal void WriteRegister(int offset, uint value, uint lanes)
    {
        const uint Uncorrectables = (uint)UncorrectableError.All;
        const uint Correctables = (uint)CorrectableError.All;
        switch (offset)
        {
            case 0x04:
                uncorrectable = Register.Clear(uncorrectable, value, lanes, Uncorrectables);
                break;
            case 0x10:
                correctable = Register.Clear(correctable, value, lanes, Correctables);
                break;
            case 0x08 when physical is null:
                uncorrectableMask = Register.Write(
                    uncorrectableMask, value, lanes, Uncorrectables);
                break;
            case 0x0C when physical is null:
                severity = Register.Write(severity, value, lanes, Uncorrectables);
                break;
            case 0x14 when physical is null:
                correctableMask = Register.Write(correctableMask, value, lanes, Correctables);
                break;
            default:
                break;
        }
    }
}
