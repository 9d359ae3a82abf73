namespace Disguise.Kernels.Arrakis;

/// <summary>
/// What a container is told of its new card: where its registers are mapped, and which function
/// it is. One word: page in bits 0 to 35, function in bits 36 to 59, emulated in bit 60.
/// </summary>
public readonly record struct CardValue(long Word)
{
    private const int FunctionShift = 36;
    private const long EmulatedBit = 1L << 60;

    /// <summary>Joins the parts.</summary>
    public CardValue(long registerPage, int function, bool isEmulated)
        : this(registerPage | ((long)function << FunctionShift) | (isEmulated ? EmulatedBit : 0))
    {
    }

    /// <summary>Virtual page (4 KiB) of the first register page.</summary>
    public long RegisterPage => Word & ((1L << FunctionShift) - 1);

    /// <summary>Number of the virtual function, or of the software card, from 0.</summary>
    public int Function => (int)((Word & ~EmulatedBit) >> FunctionShift);

    /// <summary>Whether a dedicated core emulates it.</summary>
    public bool IsEmulated => (Word & EmulatedBit) != 0;
}
