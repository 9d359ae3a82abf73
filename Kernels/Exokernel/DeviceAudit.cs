using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Exokernel;

/// <summary>
/// Checks what devices reach: a bound function its environment's pages, the physical function, once
/// environments share it, packet buffers of the kernel's, any other nothing; by the IOMMU's tables
/// as by what it has cached.
/// </summary>
internal sealed class DeviceAudit(KernelState state, MemoryAudit audit)
{
    private readonly EnvironmentRecord?[] holders =
        new EnvironmentRecord?[state.Options.VirtualFunctions];

    private Machine Machine => state.Machine;

    /// <summary>Adds findings to those of memory.</summary>
    public void Check()
    {
        foreach (var environment in state.Environments.All)
        {
            if (environment.Memory.Function >= 0)
                holders[environment.Memory.Function] = environment;
        }

        for (var function = 0; function < holders.Length; function++)
            CheckVirtual(function);
        CheckPhysical();
        foreach (var cached in Machine.Iommu.Cached)
            CheckCached(cached);
    }

    /// <summary>DMA goes by the page table of the environment that has the function.</summary>
    private void CheckVirtual(int function)
    {
        var isThere = Machine.Iommu.TryReadTables(
            state.Nic.FunctionOf(function), out var domain, out var root, out var second);
        if (holders[function] is not { } environment)
        {
            if (isThere)
                audit.Add($"function {function} is nobody's and the IOMMU lets it in");
            return;
        }

        if (!isThere || domain != VirtualFunctions.DomainOf(function)
            || root != environment.Memory.Space.RootAddress
            || second != AddressSpace.NoSecondStage)
        {
            audit.Add(
                $"the IOMMU does not lead function {function} by "
                + $"{MemoryAudit.NameOf(environment)}'s table");
        }
    }

    /// <summary>Addresses of the shared card are physical ones of frames that are the kernel's.
    /// </summary>
    private void CheckPhysical()
    {
        var isThere = Machine.Iommu.TryReadTables(
            state.Nic.PhysicalFunctionId, out var domain, out var root, out var second);
        if (state.Network.Card is not { } card)
        {
            if (isThere)
                audit.Add("the physical function is not shared and the IOMMU lets it in");
            return;
        }

        if (!isThere || domain != VirtualFunctions.DomainOf(holders.Length)
            || root != card.Reachable.RootAddress || second != AddressSpace.NoSecondStage)
            audit.Add("the IOMMU does not lead the physical function by the kernel's table");
        foreach (var page in TablePages.Of(Machine.Memory, card.Reachable.RootAddress))
        {
            if (card.Reachable.TryWalk((ulong)Frame.AddressOf(page), out var mapping))
                CheckBuffer(page, mapping.PhysicalAddress, "the table of the physical function");
        }
    }

    private void CheckCached(in DmaTranslation cached)
    {
        var (page, function) = (Frame.NumberOf((long)cached.Address), cached.Domain.Value - 1);
        if (function == holders.Length && state.Network.Card is not null)
            CheckBuffer(page, cached.PhysicalAddress, "the IOMMU");
        else
        {
            audit.CheckAccess(
                (uint)function < (uint)holders.Length ? holders[function]?.Number ?? -1 : -1,
                page, cached.PhysicalAddress, cached.Rights, "the IOMMU");
        }
    }

    private void CheckBuffer(long page, long physicalAddress, string where)
    {
        var frame = Frame.NumberOf(physicalAddress);
        if (frame != page || !Machine.Frames.TryGetOwner(frame, out var owner)
            || owner != KernelState.FrameOwner)
            audit.Add($"{where} leads page {page} to frame {frame}, which is not the kernel's");
    }
}
