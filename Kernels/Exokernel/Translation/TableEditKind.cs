namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>What an edit does to an entry of a page table.</summary>
public enum TableEditKind : byte
{
    /// <summary>Binds a page to a frame (Xok: insert_pte).</summary>
    Insert,

    /// <summary>Gives a page that is bound other rights (Xok: mod_pte_range).</summary>
    Protect,

    /// <summary>Gives a binding up.</summary>
    Remove,
}
