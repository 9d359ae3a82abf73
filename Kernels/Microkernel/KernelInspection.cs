using Disguise.Kernels.Abstractions.Inspection;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Microkernel;

/// <summary>What the microkernel keeps, as <c>inspect</c> shows it.</summary>
internal sealed class KernelInspection(KernelState state) : IInspectedKernel
{
    /// <inheritdoc/>
    public IEnumerable<InspectedEntry> Capabilities => CapabilityEntries.Of(
        state.Capabilities.Table.All(),
        domain => state.Domains.ByNumber(domain)?.Address ?? $"{state.Machine.Name}.kernel");

    /// <inheritdoc/>
    public IEnumerable<InspectedEntry>? Bindings => null;

    /// <inheritdoc/>
    public IEnumerable<InspectedEntry>? SoftwareTlb => null;
}
