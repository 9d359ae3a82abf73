namespace Disguise.Actors.Ledgers;

/// <summary>A cost's value with where it comes from.</summary>
/// <param name="Key">What it pays for.</param>
/// <param name="CostPs">Picoseconds a count.</param>
/// <param name="IsAssumed">Whether no source prints it.</param>
/// <param name="Source">Where it comes from, or what was assumed.</param>
/// <param name="MilliInstructions">
/// Thousandths of an instruction a count, where the value is given in instructions; else 0.
/// </param>
public readonly record struct SourcedCost(
    CostKey Key, long CostPs, bool IsAssumed, string Source, long MilliInstructions = 0)
{
    /// <summary>Picoseconds a count where an instruction takes a time.</summary>
    public long At(long instructionPs) =>
        checked(CostPs + (MilliInstructions * instructionPs / InstructionTime.Parts));
}
