namespace Disguise.Hardware.Memory;

/// <summary>What kind of TLB a processor has.</summary>
/// <param name="Refill">Who enters what is missing.</param>
/// <param name="Entries">Entries.</param>
/// <param name="Ways">Ways; as many as entries where it is fully associative.</param>
public sealed record TlbModel(TlbRefill Refill, int Entries, int Ways)
{
    /// <summary>
    /// Entries that a random replacement spares, of a TLB that software refills: the first eight
    /// of the R3000 (Kane, MIPS RISC Architecture, chapter 6).
    /// </summary>
    public const int WiredEntries = 8;

    /// <summary>Address spaces whose entries it tells apart where software refills it: 6 bits.
    /// </summary>
    public const int SoftwareTags = 64;

    /// <summary>The second-level TLB of a Sandy Bridge core: 512 entries in four ways.</summary>
    public static TlbModel Default { get; } = new(TlbRefill.Hardware, 512, 4);

    /// <summary>Makes an empty one.</summary>
    public Tlb Make() => Refill == TlbRefill.Software
        ? new Tlb(Entries, Ways, WiredEntries) : new Tlb(Entries, Ways);
}
