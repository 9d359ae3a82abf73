namespace Disguise.Actors.Ledgers;

/// <summary>One line of the ledger: who, where, what, how many, how long.</summary>
public readonly record struct LedgerEntry(
    string Who, string Where, CostKey What, long Count, long TimePs);
