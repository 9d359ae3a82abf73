using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Exokernel;

/// <summary>
/// Compares everything by which memory is reached with what was bound, and what was bound with what
/// the frames' owners allow: the machine's record of frames, the frame book, page tables, the TLBs
/// of hardware and software, the IOMMU's tables and what it has cached. A cache may hold less than
/// was bound, never more.
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
            CheckPredicate(environment);
        }

        if (!Memory.Frames.IsComplete(owned))
            Add($"{owned} frames are owned, and it is not all that are not free");
        CheckTlbs();
        new DeviceAudit(state, this).Check();
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

    /// <summary>
    /// What is bound leads to a frame whose owner opens it to whoever shows what was shown, and no
    /// page table can be written.
    /// </summary>
    private void CheckBindings(EnvironmentRecord environment)
    {
        var bound = new List<Binding>();
        Memory.Translation.Bindings.AddBindingsOf(environment.Number, bound);
        foreach (var binding in bound)
        {
            var has = $"{NameOf(environment)} has frame {binding.Frame} bound";
            if (binding.Kind == BindingKind.Register)
                CheckRegister(environment, binding);
            else if (Memory.SoftwareTlb?.Contains(binding.Frame) == true)
                CheckExposed(environment, binding);
            else if (Memory.Frames.OwnerOf(binding.Frame) < 0)
                Add($"{has}, which nobody owns");
            else if (!IsAllowed(binding))
                Add($"{has}, which its owner did not open to it");
            if (binding.IsWritable && Memory.Frames.UseOf(binding.Frame) == FrameUse.Table)
                Add($"{NameOf(environment)} can write the page table {binding.Frame}");
            if (environment.Memory.Table is { } table
                && (!table.TryRead(binding.VirtualPage, out var mapping)
                    || Frame.NumberOf(mapping.PhysicalAddress) != binding.Frame))
                Add($"page {binding.VirtualPage} of {NameOf(environment)} leads elsewhere");
        }
    }

    private void CheckExposed(EnvironmentRecord environment, in Binding binding)
    {
        if (binding.IsWritable)
            Add($"{NameOf(environment)} can write the software TLB");
    }

    private void CheckRegister(EnvironmentRecord environment, in Binding binding)
    {
        if (!state.Windows.LeadsToWindow(binding))
            Add($"{NameOf(environment)} has a window of nobody's");
    }

    private bool IsAllowed(in Binding binding) => binding.IsGuaranteed
        ? Memory.Frames.OwnerOf(binding.Frame) == binding.Environment
        : Memory.Frames.IsOpenTo(
            binding.Frame, binding.Title.Credential, binding.Title.Sealed, binding.IsWritable);

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

    /// <summary>A sleeper looks at words of pages, or of regions, that are open to it.</summary>
    private void CheckPredicate(EnvironmentRecord environment)
    {
        foreach (var (address, shown) in state.Sleepers.TitlesOf(environment.Number))
        {
            if (!Memory.Frames.IsOpenTo(Frame.NumberOf(address), shown, default, false)
                && !state.Regions.IsOpenTo(shown, address, PredicateOperand.WordBytes))
                Add($"{NameOf(environment)} looks at 0x{address:x}, which is not open to it");
        }
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

    /// <summary>
    /// What a cache or a table lets an environment do is what was bound: that frame, no more
    /// rights; or the registers of its function.
    /// </summary>
    public void CheckAccess(
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

    /// <summary>Notes a finding.</summary>
    public void Add(string finding) => findings.Add($"{Machine.Name}: {finding}");

    /// <summary>An environment in a finding.</summary>
    public static string NameOf(EnvironmentRecord environment) =>
        environment.Description.Address;
}
