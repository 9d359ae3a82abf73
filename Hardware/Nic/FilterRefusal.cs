namespace Disguise.Hardware.Nic;

/// <summary>Why a NIC does not install a filter.</summary>
public enum FilterRefusal
{
    /// <summary>The function does not exist or is not enabled.</summary>
    NoSuchFunction,

    /// <summary>The function has no such queue.</summary>
    NoSuchQueue,

    /// <summary>The predicate looks at fields that this NIC does not compare.</summary>
    UnsupportedPredicate,

    /// <summary>The table is full.</summary>
    TableFull,

    /// <summary>One mask more than the table can tell apart.</summary>
    TooManyMasks,

    /// <summary>This predicate stands under this filter id already.</summary>
    AlreadyThere,
}
