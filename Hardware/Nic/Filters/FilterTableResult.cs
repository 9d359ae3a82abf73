namespace Disguise.Hardware.Nic.Filters;

/// <summary>What became of an insertion into a <see cref="FilterTable"/>.</summary>
public enum FilterTableResult
{
    /// <summary>The predicate stands in the table.</summary>
    Inserted,

    /// <summary>The table holds as many predicates as it can.</summary>
    TableFull,

    /// <summary>It would be one mask more than the table can tell apart.</summary>
    TooManyMasks,

    /// <summary>This predicate stands in the table under this filter already.</summary>
    AlreadyThere,
}
