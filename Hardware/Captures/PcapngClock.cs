using Disguise.Actors.Time;

namespace Disguise.Hardware.Captures;

/// <summary>How an interface of a pcapng file counts time (if_tsresol, if_tsoffset).</summary>
internal sealed class PcapngClock
{
    private const int MaximumDecimalExponent = 19;
    private const int MaximumBinaryExponent = 63;

    private readonly UInt128 unitsPerSecond;
    private readonly long offsetSeconds;

    private PcapngClock(UInt128 unitsPerSecond, long offsetSeconds) =>
        (this.unitsPerSecond, this.offsetSeconds) = (unitsPerSecond, offsetSeconds);

    /// <summary>A clock whose unit is 10^-n or, with the high bit set, 2^-n seconds.</summary>
    /// <param name="resolution">The option's byte.</param>
    /// <param name="offsetSeconds">Seconds to be added to every time.</param>
    /// <param name="fileOffset">Where in the file the interface is described.</param>
    public static PcapngClock From(byte resolution, long offsetSeconds, long fileOffset)
    {
        var exponent = resolution & ~PcapngFormat.BinaryResolutionFlag;
        var isBinary = resolution >= PcapngFormat.BinaryResolutionFlag;
        if (exponent > (isBinary ? MaximumBinaryExponent : MaximumDecimalExponent))
        {
            throw new CaptureFormatException(
                fileOffset, $"times in {(isBinary ? 2 : 10)}^-{exponent} seconds are not read");
        }

        UInt128 units = 1;
        for (var power = 0; power < exponent; power++)
        {
            units *= isBinary ? 2u : 10u;
        }

        return new PcapngClock(units, offsetSeconds);
    }

    /// <summary>Picoseconds since 1970, rounded down.</summary>
    public Int128 ToPicoseconds(ulong units)
    {
        var (seconds, rest) = UInt128.DivRem(units, unitsPerSecond);
        var fractionPs = rest * (ulong)Picoseconds.PerSecond / unitsPerSecond;
        return (((Int128)seconds + offsetSeconds) * Picoseconds.PerSecond) + (Int128)fractionPs;
    }
}
