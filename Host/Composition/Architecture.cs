using Disguise.Hardware.Machines;
using Disguise.Host.Experiments;

namespace Disguise.Host.Composition;

/// <summary>How the systems of one architecture are put together.</summary>
/// <param name="Name">The name in experiments and results.</param>
/// <param name="Kernel">What the kernel is.</param>
/// <param name="NetworkStackIn">The domain that the network stack is linked into.</param>
/// <param name="Interfaces">The interfaces that applications can have; the first is the default
/// where an experiment asks for one that is not there.</param>
/// <param name="Install">Puts kernel and tenants into a machine that has its cores and NIC.</param>
internal sealed record Architecture(
    string Name,
    string Kernel,
    string NetworkStackIn,
    IReadOnlyList<TenantInterface> Interfaces,
    Func<MachineActor, MachineUnderTest, TenantPlan, IKernelView> Install);
