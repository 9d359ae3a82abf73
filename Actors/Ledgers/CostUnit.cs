namespace Disguise.Actors.Ledgers;

/// <summary>What one count of a cost is.</summary>
public enum CostUnit
{
    /// <summary>One event: a trap, a register write, a cache line's first touch.</summary>
    Event,

    /// <summary>One byte copied or summed; given in picoseconds a byte.</summary>
    Byte,

    /// <summary>One picosecond: work that an experiment asks for, waiting, polling.</summary>
    Time,
}
