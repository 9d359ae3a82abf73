namespace Ix;

/// <summary>
/// A protected dataplane after IX (Belay et al., OSDI 2014): a kernel that gives out cores,
/// memory and virtual functions and then stays off the path (Linux with IXCP in the paper), and
/// for each tenant a dataplane in ring 0 of the tenant's core, which runs each batch of packets to
/// completion with the application in ring 3. It always polls, whatever <c>wait:</c> says.
/// </summary>
public sealed class IxArchitecture : IArchitecture
{
    /// <inheritdoc/>
    public string Name => "ix";

    /// <inheritdoc/>
    public IReadOnlyList<TenantInterface> Interfaces { get; } = [TenantInterface.Native];

    /// <inheritdoc/>
    public bool CanPoll => true;

    /// <inheritdoc/>
    public IKernelView Install(MachinePlan plan)
    {
        var account = new LedgerAccount($"{plan.Board.Name}.dataplane", "core", true);
        var kernel = new ControlPlane(plan, IxMemory.TryMap, account);
        foreach (var tenant in plan.Tenants)
        {
            plan.Root.Add(
                tenant.Name, () => new IxDataplane(plan, tenant, kernel.Actor, account));
        }

        return kernel;
    }
}
