namespace Disguise.Kernels.Arrakis;

/// <summary>
/// What a container is told of a new doorbell: the number by which interrupts and upcalls name
/// it, and which of the card's MSI-X vectors raises it, which the library enters into the card's
/// registers. One word: number in bits 0 to 31, vector in bits 32 to 47.
/// </summary>
public readonly record struct DoorbellValue(long Word)
{
    private const int VectorShift = 32;

    /// <summary>Joins the parts.</summary>
    public DoorbellValue(int number, int vector)
        : this((uint)number | ((long)vector << VectorShift))
    {
    }

    /// <summary>The doorbell's number on its machine.</summary>
    public int Number => (int)(uint)Word;

    /// <summary>The card's MSI-X vector.</summary>
    public int Vector => (int)(Word >> VectorShift);
}
