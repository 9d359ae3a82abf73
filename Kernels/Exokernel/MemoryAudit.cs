using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Exokernel;

/// <summary>
/// Compares everything by which memory is reached with what was bound: the machine's record of
/// frames, the frame book, page tables, the TLBs of hardware and software, the IOMMU's tables and
/// what it has cached. A cache may hold less than was bound, never more.
/// </summary>
internal sealed class MemoryAudit(KernelState state, List<string> findings)
{
    private Machine Machine => state.Machine;

    private MemoryEffects Memory => state.Memory;

    /// <summary>Returns how many frames have an owner.</summary>
    public long CheckFrames()
    {
        var frames = CheckExtents();
        var owned = 0L;
        foreach (var environment in state.Environments.All)
        {
            owned += CheckOwned(environment);
            CheckBindings(environment);
            CheckTable(environment);
            CheckFunction(environment);
        }

        if (!Memory.Frames.IsComplete(owned))
            Add($"{owned} frames are owned, and it is not all that are not free");
        CheckTlbs();
        CheckDevices();
        return frames + owned;
    }

    /// <summary>The kernel's own frames.</summary>
    private long CheckExtents()
    {
        var frames = 0L;
        var end = long.MinValue;
        foreach (var extent in Machine.Frames.Extents)
        {
            if (extent.FirstFrame < end)
                Add($"frame {extent.FirstFrame} has two owners");
            end = extent.EndFrame;
            if (extent.Owner == KernelState.FrameOwner)
                frames += extent.FrameCount;
            else if (extent.Owner != MemoryEffects.Environments)
                Add($"frame {extent.FirstFrame} is nobody's");
        }

        return frames;
    }

    private long CheckOwned(EnvironmentRecord environment)
    {
        var count = 0L;
        foreach (var frame in Memory.Frames.FramesOf(environment.Number))
        {
            count++;
            if (Memory.Frames.OwnerOf(frame) != environment.Number)
                Add($"frame {frame} of {NameOf(environment)} is in another's name too");
            if (!Machine.Frames.TryGetOwner(frame, out var owner)
                || owner != MemoryEffects.Environments)
                Add($"frame {frame} of {NameOf(environment)} is none that environments can have");
        }

        if (count != Memory.Frames.HoldingsOf(environment.Number).Owned)
            Add($"{NameOf(environment)} owns {count} frames, and more or fewer are counted");
        return count;
    }

    /// <summary>What is bound leads to an owned frame, and no page table is written.</summary>
    private void CheckBindings(EnvironmentRecord environment)
    {
        var bound = new List<Binding>();
        Memory.Translation.Bindings.AddBindingsOf(environment.Number, bound);
        foreach (var binding in bound)
        {
            if (binding.Kind == BindingKind.Register)
                CheckRegister(environment, binding);
            else if (Memory.Frames.OwnerOf(binding.Frame) < 0)
                Add($"{NameOf(environment)} has frame {binding.Frame} bound, which nobody owns");
            if (binding.IsWritable && Memory.Frames.UseOf(binding.Frame) == FrameUse.Table)
                Add($"{NameOf(environment)} can write the page table {binding.Frame}");
            if (environment.Memory.Table is { } table
                && (!table.TryRead(binding.VirtualPage, out var mapping)
                    || Frame.NumberOf(mapping.PhysicalAddress) != binding.Frame))
                Add($"page {binding.VirtualPage} of {NameOf(environment)} leads elsewhere");
        }
    }

    private void CheckRegister(EnvironmentRecord environment, in Binding binding)
    {
        if (!state.Windows.LeadsToWindow(binding))
            Add($"{NameOf(environment)} has a window of nobody's");
    }

    private void CheckTable(EnvironmentRecord environment)
    {
        if (environment.Memory.Table is not { } table)
            return;
        foreach (var (page, mapping) in table.Mappings())
        {
            CheckAccess(
                environment.Number, page, mapping.PhysicalAddress, mapping.Rights,
                $"the page table of {NameOf(environment)}");
        }
    }

    /// <summary>The DMA of a bound function goes by its environment's page table.</summary>
    private void CheckFunction(EnvironmentRecord environment)
    {
        var function = environment.Memory.Function;
        if (function < 0)
            return;
        if (!Machine.Iommu.TryReadTables(
                state.Nic.FunctionOf(function), out var domain, out var root, out var second)
            || domain != VirtualFunctions.DomainOf(function)
            || root != environment.Memory.Space.RootAddress
            || second != AddressSpace.NoSecondStage)
            Add($"the IOMMU does not lead function {function} by {NameOf(environment)}'s table");
    }

    private void CheckTlbs()
    {
        foreach (var core in Machine.Cores)
        {
            foreach (var entry in core.Mmu.Tlb.Entries)
            {
                CheckAccess(
                    SoftwareRefill.EnvironmentOf(entry.Id),
                    Frame.NumberOf((long)entry.VirtualAddress), entry.PhysicalAddress,
                    entry.Rights, $"the TLB of core {core.Number}");
            }
        }

        foreach (var (_, held) in Memory.SoftwareTlb?.Entries() ?? [])
        {
            CheckAccess(
                held.Environment, held.VirtualPage, Frame.AddressOf(held.Frame), held.Rights,
                "the software TLB");
        }
    }

    /// <summary>Functions that nobody has reach nothing; what is cached was bound.</summary>
    private void CheckDevices()
    {
        var holders = new EnvironmentRecord?[state.Options.VirtualFunctions];
        foreach (var environment in state.Environments.All)
        {
            if (environment.Memory.Function >= 0)
                holders[environment.Memory.Function] = environment;
        }

        for (var function = 0; function < holders.Length; function++)
        {
            if (holders[function] is null && Machine.Iommu.TryReadTables(
                state.Nic.FunctionOf(function), out _, out _, out _))
                Add($"function {function} is nobody's and the IOMMU lets it in");
        }

        for (var index = 0; index < holders.Length; index++)
        {
            var domain = VirtualFunctions.DomainOf(index);
            foreach (var cached in Machine.Iommu.Cached.Where(one => one.Domain == domain))
            {
                CheckAccess(
                    holders[index]?.Number ?? -1, Frame.NumberOf((long)cached.Address),
                    cached.PhysicalAddress, cached.Rights, "the IOMMU");
            }
        }
    }

    /// <summary>
    /// What a cache or a table lets an environment do is what was bound: that frame, no more
    /// rights; or the registers of its function.
    /// </summary>
    private void CheckAccess(
        int number, long page, long physicalAddress, PageRights rights, string where)
    {
        if (state.Environments.ByNumber(number) is not { } environment)
        {
            Add($"{where} has page {page} of an environment that there is not");
            return;
        }

        var register = page - EnvironmentLayout.RegisterPage;
        var isBound = Memory.Translation.Bindings.TryFind(number, page, out var binding)
            ? Frame.AddressOf(binding.Frame) == physicalAddress && (rights & ~binding.Rights) == 0
            : environment.Memory.Function >= 0 && register >= 0
                && register < state.Nic.RegisterPages
                && physicalAddress == state.Nic.RegistersOf(environment.Memory.Function)
                    + Frame.AddressOf(register);
        if (!isBound)
            Add($"{where} leads page {page} of {NameOf(environment)} where it was not bound");
    }

    private void Add(string finding) => findings.Add($"{Machine.Name}: {finding}");

    private static string NameOf(EnvironmentRecord environment) =>
        environment.Description.Address;
}
