namespace Disguise.Kernels.Abstractions.Inspection;

/// <summary>
/// What a kernel keeps, shown and not changed: for <c>inspect</c>. Null where it has nothing of
/// the kind.
/// </summary>
public interface IInspectedKernel
{
    /// <summary>Every live capability, and who holds it.</summary>
    IEnumerable<InspectedEntry>? Capabilities { get; }

    /// <summary>What was authorised once and is used without the kernel.</summary>
    IEnumerable<InspectedEntry>? Bindings { get; }

    /// <summary>The used entries of a TLB that the kernel keeps in software.</summary>
    IEnumerable<InspectedEntry>? SoftwareTlb { get; }
}
