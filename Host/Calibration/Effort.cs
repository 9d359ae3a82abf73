namespace Disguise.Host.Calibration;

/// <summary>How often things are measured.</summary>
/// <param name="Repetitions">Repetitions, of which the least or the median counts.</param>
/// <param name="Calls">Turns of a loop in a repetition.</param>
/// <param name="Switches">Hand-overs between threads in a repetition.</param>
/// <param name="Echoes">Requests of the real echo.</param>
internal sealed record Effort(int Repetitions, int Calls, int Switches, int Echoes)
{
    /// <summary>A few seconds in all.</summary>
    public static Effort Usual { get; } = new(15, 20_000, 2_000, 20_000);

    /// <summary>The least that gives numbers at all.</summary>
    public static Effort Least { get; } = new(2, 200, 20, 100);
}
