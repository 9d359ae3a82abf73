using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;

namespace Disguise.Host.Tests.Runs;

/// <summary>
/// An architecture under another name, and with fewer interfaces: a second column for tests of
/// what shows several.
/// </summary>
internal sealed class UnderAnotherName(
    IArchitecture inner, string name, params TenantInterface[] interfaces) : IArchitecture
{
    public string Name => name;

    public IReadOnlyList<TenantInterface> Interfaces => interfaces;

    public bool CanPoll => inner.CanPoll;

    public IKernelView Install(MachinePlan plan) => inner.Install(plan);
}
