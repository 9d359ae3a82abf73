using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;

namespace Disguise.Host.Composition;

/// <summary>An architecture of this program, as one row of a table.</summary>
/// <param name="Name">The name in experiments and results.</param>
/// <param name="Kernel">What the kernel is.</param>
/// <param name="NetworkStackIn">The domain that the network stack is linked into.</param>
/// <param name="Interfaces">The interfaces that applications can have.</param>
/// <param name="CanPoll">Whether a tenant can poll a ring that is mapped into it.</param>
/// <param name="Compose">Puts kernel and tenants into a machine that has its cores and NIC.</param>
internal sealed record Architecture(
    string Name,
    string Kernel,
    string NetworkStackIn,
    IReadOnlyList<TenantInterface> Interfaces,
    bool CanPoll,
    Func<MachinePlan, IKernelView> Compose) : IArchitecture
{
    /// <inheritdoc/>
    public bool NeedsVirtualFunctions { get; init; }

    /// <inheritdoc/>
    public bool DrawsOnDisplays { get; init; }

    /// <inheritdoc/>
    public string? NoFork { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<string> MeasuredOperations { get; init; } = [];

    public IKernelView Install(MachinePlan plan) => Compose(plan);
}
