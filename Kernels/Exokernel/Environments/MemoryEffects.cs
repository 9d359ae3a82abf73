using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Revocation;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// The books about memory, and what they say carried out on hardware: page tables or the software
/// TLB, the cores' TLBs, the IOMMU, frames that are zeroed. What was done is counted, so that it
/// can be charged.
/// </summary>
internal sealed class MemoryEffects
{
    /// <summary>Owner, in the machine's own record, of the frames that environments can have.
    /// </summary>
    public static readonly OwnerId Environments = new(1);

    private readonly Machine machine;
    private readonly List<EnvironmentMemory?> memories = [];
    private readonly bool[] mustTell;
    private long pages;

    /// <summary>Parts the machine's frames between environments and the kernel.</summary>
    public MemoryEffects(Machine machine, ExokernelOptions options, KernelWork work)
    {
        this.machine = machine;
        mustTell = new bool[machine.Cores.Length];
        var kernelFrames = Math.Min(options.KernelFrames, machine.Frames.FrameCount / 4);
        var guards = machine.Guards;
        var stlbFrame = 0L;
        IsRefilledBySoftware = machine.Cores[0].Mmu.Refill == TlbRefill.Software;
        if ((IsRefilledBySoftware && !machine.Frames.TryAllocate(
                KernelState.FrameOwner, out stlbFrame, SoftwareTlb.FrameCount))
            || !machine.Frames.TryAllocate(
                Environments, out var firstFrame, machine.Frames.FrameCount - kernelFrames))
            throw new InvalidOperationException("the machine's memory is not in one piece");
        var random = machine.Island.Random.Fork("page-capabilities");
        Frames = new FrameBook(
            new FrameBookOptions
            {
                FirstFrame = firstFrame,
                FrameCount = machine.Frames.FrameCount - kernelFrames,
                Environments = options.EnvironmentLimit,
                Guaranteed = options.GuaranteedFrames,
            },
            new PageSeals(new HandleTags(random.Next(), random.Next()), guards), guards);
        Credentials = new CredentialBook(options.EnvironmentLimit, guards);
        Translation = new TranslationBook(
            Frames,
            new TranslationOptions
            {
                FirstPage = EnvironmentLayout.FirstFreePage,
                PageCount = EnvironmentLayout.PageCount,
                GuaranteedPerEnvironment = options.GuaranteedFrames,
            },
            guards);
        Batch = new EditBatch(Credentials, Frames, Translation);
        Revocation = new FrameRevocation(Frames, Translation);
        if (!IsRefilledBySoftware)
            return;
        SoftwareTlb = new SoftwareTlb(machine.Memory, stlbFrame, guards);
        Translation.Exposed = SoftwareTlb;
        foreach (var core in machine.Cores)
        {
            core.Mmu.RefillHandler = new SoftwareRefill(
                core, SoftwareTlb, Translation.Bindings, work);
        }
    }

    public FrameBook Frames { get; }

    public CredentialBook Credentials { get; }

    public TranslationBook Translation { get; }

    public EditBatch Batch { get; }

    public FrameRevocation Revocation { get; }

    /// <summary>Null where hardware walks page tables.</summary>
    public SoftwareTlb? SoftwareTlb { get; }

    public bool IsRefilledBySoftware { get; }

    public Machine Machine => machine;

    /// <summary>Told of every frame that is about to be freed.</summary>
    public Action<long>? Leaving { get; set; }

    /// <summary>Told of every frame whose capabilities have changed.</summary>
    public Action<long>? Opening { get; set; }

    public void Admit(EnvironmentMemory memory)
    {
        while (memories.Count <= memory.Number)
            memories.Add(null);
        memories[memory.Number] = memory;
    }

    public void End(EnvironmentMemory memory) => memories[memory.Number] = null;

    /// <summary>The memory of an environment; null where there is none.</summary>
    public EnvironmentMemory? MemoryOf(int environment) =>
        (uint)environment < (uint)memories.Count ? memories[environment] : null;

    /// <summary>Enters a binding that was checked.</summary>
    public void Enter(in Binding binding)
    {
        if (Translation.Bind(binding) is { } before)
            FlushCached(before);
        Keep(binding);
    }

    /// <summary>
    /// Enters bindings of pages in a row that were checked. With a software TLB they count as one:
    /// what was printed of a further page has its entry in it. A page table has an entry to be
    /// written for each.
    /// </summary>
    public void EnterRange(IEnumerable<Binding> bindings)
    {
        var before = pages;
        foreach (var binding in bindings)
            Enter(binding);
        if (IsRefilledBySoftware)
            pages = before + 1;
    }

    /// <summary>Enters a guaranteed mapping that was checked.</summary>
    public void Guarantee(in Binding binding)
    {
        if (Translation.Guarantee(binding) is { } before)
            FlushCached(before);
        Keep(binding with { Kind = BindingKind.Guaranteed });
    }

    /// <summary>Gives a binding up.</summary>
    public void Unbind(int environment, long virtualPage) =>
        Forget(Translation.Unbind(environment, virtualPage));

    /// <summary>
    /// Whether an environment may submit a page to the swap server: its own, no table, and none
    /// that a guaranteed mapping leads to.
    /// </summary>
    public ExokernelRefusal CheckSubmit(int environment, long frame)
    {
        var refusal = Frames.CheckOwner(environment, frame);
        return refusal != ExokernelRefusal.None ? refusal
            : Frames.UseOf(frame) == FrameUse.Table ? ExokernelRefusal.FrameIsTable
            : Translation.HasGuaranteed(frame) ? ExokernelRefusal.GuaranteedMapping
            : ExokernelRefusal.None;
    }

    /// <summary>
    /// Whether a page may be read back from the swap server into a frame: its own, which it may
    /// write, and without a region, which is reached by calls alone.
    /// </summary>
    public ExokernelRefusal CheckReadBack(EnvironmentMemory memory, long frame)
    {
        var refusal = Frames.CheckOwner(memory.Number, frame);
        if (refusal == ExokernelRefusal.None)
            refusal = Frames.CheckAccess(frame, memory.Own, isForWriting: true);
        return refusal != ExokernelRefusal.None ? refusal
            : Translation.IsWithdrawn?.Invoke(frame) == true ? ExokernelRefusal.FrameHasRegion
            : ExokernelRefusal.None;
    }

    /// <summary>Breaks everything that is bound to a frame.</summary>
    public void Break(long frame)
    {
        var broken = new List<Binding>();
        Translation.Break(frame, broken);
        ForgetAll(broken);
    }

    /// <summary>Frees frames, as zeroes, with everything that was bound to them.</summary>
    public void Free(ReadOnlySpan<long> frames)
    {
        foreach (var frame in frames)
            Leaving?.Invoke(frame);
        var broken = new List<Binding>();
        Revocation.Free(frames, broken);
        ForgetAll(broken);
        foreach (var frame in frames)
            machine.Memory.ReleaseFrame(frame);
    }

    /// <summary>Makes hardware forget bindings that the book has forgotten.</summary>
    public void ForgetAll(List<Binding> broken)
    {
        foreach (var binding in broken)
            Forget(binding);
    }

    /// <summary>Bindings entered or forgotten since this was last asked.</summary>
    public long TakePageCount()
    {
        var taken = pages;
        pages = 0;
        return taken;
    }

    /// <summary>
    /// Cores besides the one that works which must be interrupted for what was forgotten since this
    /// was last asked (TLB shootdown).
    /// </summary>
    public int TakeShootdowns(int workingCore)
    {
        var count = 0;
        for (var core = 0; core < mustTell.Length; core++)
        {
            if (mustTell[core] && core != workingCore)
                count++;
            mustTell[core] = false;
        }

        return count;
    }

    private void Keep(in Binding binding)
    {
        pages++;
        var memory = MemoryOf(binding);
        memory.Table?.Enter(binding);
        if (SoftwareTlb is null)
            return;
        SoftwareTlb.Insert(binding);
        Install(memory, binding);
    }

    /// <summary>
    /// Writes a translation into the TLB of the core on which its environment runs (Aegis: TLBwr),
    /// so that the access for which it was asked does not miss again.
    /// </summary>
    private void Install(EnvironmentMemory memory, in Binding binding)
    {
        foreach (var core in machine.Cores)
        {
            if (core.Current is not null && core.Mmu.Current?.Id == memory.Space.Id)
            {
                core.Mmu.Tlb.Insert(
                    memory.Space.Id, (ulong)Frame.AddressOf(binding.VirtualPage), binding.Entry);
            }
        }
    }

    private void Forget(in Binding binding)
    {
        pages++;
        var memory = MemoryOf(binding);
        memory.Table?.Remove(binding.VirtualPage);
        SoftwareTlb?.Remove(binding.Environment, binding.VirtualPage);
        FlushCached(binding);
        Settle(memory);
    }

    /// <summary>TLBs of all cores, and what devices of the environment have queued.</summary>
    private void FlushCached(in Binding binding)
    {
        var memory = MemoryOf(binding);
        var address = (ulong)Frame.AddressOf(binding.VirtualPage);
        foreach (var core in machine.Cores)
        {
            core.Mmu.Tlb.FlushPage(memory.Space.Id, address);
            if (core.Current is not null && core.Mmu.Current?.Id == memory.Space.Id)
                mustTell[core.Number] = true;
        }

        if (memory.Function >= 0)
            machine.Iommu.InvalidatePages(VirtualFunctions.DomainOf(memory.Function), address);
    }

    /// <summary>Tables that were given back may be bound, or looked at, by whoever reads them.
    /// </summary>
    public void Settle(EnvironmentMemory memory)
    {
        if (!memory.TableFrames.HasReleased)
            return;
        var released = new List<long>();
        memory.TableFrames.TakeReleased(released);
        foreach (var frame in released)
        {
            Leaving?.Invoke(frame);
            Break(frame);
        }
    }

    private EnvironmentMemory MemoryOf(in Binding binding) => memories[binding.Environment]
        ?? throw new InvalidOperationException($"no environment {binding.Environment}");
}
