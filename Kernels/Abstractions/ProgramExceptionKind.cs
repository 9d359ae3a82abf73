namespace Disguise.Kernels.Abstractions;

/// <summary>
/// The exceptions that an instruction of a program raises (Engler, Kaashoek and O'Toole, SOSP
/// 1995, Table 5).
/// </summary>
public enum ProgramExceptionKind
{
    /// <summary>An access to a word that is not aligned.</summary>
    Unalign,

    /// <summary>An addition whose result has no place in its register.</summary>
    Overflow,

    /// <summary>An instruction of a coprocessor that is not enabled.</summary>
    Coproc,

    /// <summary>A write to a page that may not be written: what the MMU says.</summary>
    Prot,
}
