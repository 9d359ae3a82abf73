using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;

namespace Disguise.Host.Tests.Specifications;

/// <summary>The Exokernel on a card that has no functions to give out.</summary>
internal sealed class SharedCardExokernel : IArchitecture
{
    private readonly IArchitecture inner = Composition.Architectures.Of("exokernel");

    public string Name => inner.Name;

    public IReadOnlyList<TenantInterface> Interfaces => inner.Interfaces;

    public bool CanPoll => inner.CanPoll;

    public IKernelView Install(MachinePlan plan) => inner.Install(
        plan with { VirtualFunctions = 0, EmulatesWhenFunctionsRunOut = true });
}
