namespace Disguise.Host.Results;

/// <summary>
/// How the cores of the systems under test spent the measured time, as shares of all their time:
/// the four add up to 1.
/// </summary>
public sealed record CoreTime
{
    /// <summary>No measurement at all.</summary>
    public static CoreTime NotMeasured { get; } = new();

    /// <summary>In applications, their libraries and servers.</summary>
    public double? Work { get; init; }

    /// <summary>In the kernel.</summary>
    public double? Kernel { get; init; }

    /// <summary>Spinning on a ring or a flag with nothing to do.</summary>
    public double? Poll { get; init; }

    /// <summary>With nothing to run.</summary>
    public double? Idle { get; init; }
}
