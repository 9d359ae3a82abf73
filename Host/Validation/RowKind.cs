namespace Disguise.Host.Validation;

/// <summary>What a row of a paper is to the emulator.</summary>
public enum RowKind
{
    /// <summary>A number that the cost files were made from; nothing is judged.</summary>
    Input,

    /// <summary>The ledger gives back what the cost files say: the only kind that can fail a
    /// validation.</summary>
    Identity,

    /// <summary>A composed result with one value.</summary>
    Point,

    /// <summary>A composed result for a parameter of which sources give only a range.</summary>
    Band,

    /// <summary>Inequalities between composed results.</summary>
    Shape,
}
