namespace Disguise.Actors.Ledgers;

/// <summary>
/// The time of one instruction, by which a code base's costs become time that its source prints
/// in instructions: 18 of them take longer at 11 MIPS than at 25. Nothing is charged by it alone.
/// </summary>
public static class InstructionTime
{
    /// <summary>Thousandths of an instruction in which costs are counted.</summary>
    public const int Parts = 1_000;

    /// <summary>The platform's value.</summary>
    public static CostKey Key { get; } = CostKey.Define(
        "instruction", CostSource.Platform, CostUnit.Event,
        "one instruction, for costs that are given in instructions");
}
