using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Frames;
using Disguise.Kernels.Exokernel.Revocation;
using Disguise.Kernels.Exokernel.Translation;

using Capability = Disguise.Kernels.Exokernel.Capabilities.Capability;

namespace Disguise.Kernels.Tests.Exokernel.Translation;

/// <summary>
/// Three environments on a small machine with both kinds of hardware: each binding is kept in a
/// TLB, in the software TLB and in a page table, and each of them has to be made to forget it.
/// </summary>
internal sealed class TranslationScene
{
    public const int Environments = 3;
    public const int Frames = 60;
    public const long First = 16;
    public const long StlbFrame = 4;
    public const int Guaranteed = 4;

    public static readonly PageRights Read = PageRights.User;
    public static readonly PageRights Write = PageRights.User | PageRights.Writable;

    public TranslationScene(Guards guards)
    {
        Book = new FrameBook(
            new FrameBookOptions
            {
                FirstFrame = First,
                FrameCount = Frames,
                Environments = Environments,
                Guaranteed = Guaranteed,
            },
            new PageSeals(new HandleTags(1, 2), guards),
            guards);
        Credentials = new CredentialBook(Environments, guards);
        Translation = new TranslationBook(
            Book,
            new TranslationOptions
            {
                FirstPage = 16,
                PageCount = 1 << 20,
                Bindings = 60,
                BindingsPerEnvironment = 30,
                GuaranteedPerEnvironment = 2,
                EditsPerBatch = 8,
            },
            guards);
        Stlb = new SoftwareTlb(Memory, StlbFrame, guards);
        Batch = new EditBatch(Credentials, Book, Translation);
        Revocation = new FrameRevocation(Book, Translation);
        for (int environment = 0; environment < Environments; environment++)
        {
            Book.Admit(environment);
            Credentials.Admit(environment, Of(environment));
            Tables.Add(new TableFrames(Book, Memory, environment, Of(environment)));
            PageTables.Add(GuardedTable.Create(Memory, Tables[environment])!);
        }
    }

    public PhysicalMemory Memory { get; } = new((First + Frames) * Frame.SizeBytes);

    public Tlb Tlb { get; } = new(64, 64);

    public FrameBook Book { get; }

    public CredentialBook Credentials { get; }

    public TranslationBook Translation { get; }

    public SoftwareTlb Stlb { get; }

    public EditBatch Batch { get; }

    public FrameRevocation Revocation { get; }

    public List<TableFrames> Tables { get; } = [];

    public List<GuardedTable> PageTables { get; } = [];

    public static Capability Of(int environment) => Capability.OfEnvironment(environment, 0);

    public static AddressSpaceId IdOf(int environment) => new((ushort)(environment + 1));

    public long Take(int environment, FrameUse use = FrameUse.Data)
    {
        Assert.Equal(
            ExokernelRefusal.None,
            Book.CheckAllocate(environment, FrameBook.Any, out long frame));
        Book.Allocate(environment, frame, Of(environment));
        if (use == FrameUse.Reserved)
        {
            Assert.Equal(ExokernelRefusal.None, Book.CheckReserve(environment, frame));
            Book.Reserve(frame);
        }

        return frame;
    }

    public ExokernelRefusal TryBind(int environment, long page, long frame, PageRights rights)
    {
        TableEdit[] edit = [new(TableEditKind.Insert, page, frame, rights, 0)];
        ExokernelRefusal refusal = Batch.Check(
            environment, PageTables[environment], edit, out _);
        if (refusal == ExokernelRefusal.None)
            Enter(Batch.Wanted(environment, edit[0]));
        return refusal;
    }

    public void Enter(in Binding binding)
    {
        if (Translation.Bind(binding) is { } before)
            FlushCached(before);
        PageTables[binding.Environment].Enter(binding);
        Stlb.Insert(binding);
        Tlb.Insert(
            IdOf(binding.Environment), (ulong)Frame.AddressOf(binding.VirtualPage), binding.Entry);
    }

    public void Forget(in Binding binding)
    {
        PageTables[binding.Environment].Remove(binding.VirtualPage);
        FlushCached(binding);
        Settle(binding.Environment);
    }

    /// <summary>Frees frames as the kernel does, for whatever reason.</summary>
    public void Free(params long[] frames)
    {
        var broken = new List<Binding>();
        Revocation.Free(frames, broken);
        broken.ForEach(binding => Forget(binding));
        foreach (long frame in frames)
            Memory.ReleaseFrame(frame);
    }

    /// <summary>Where hardware of either kind leads an environment; -1 for nowhere.</summary>
    public IEnumerable<(long Frame, bool IsWritable)> Ways(int environment, long page)
    {
        if (Stlb.Probe(environment, page, out Binding found))
            yield return (found.Frame, found.IsWritable);
        if (Tlb.TryLookup(
            IdOf(environment), (ulong)Frame.AddressOf(page), Access.Read, out ulong entry))
            yield return (
                Frame.NumberOf(PageTableEntry.AddressOf(entry)),
                (entry & PageTableEntry.Writable) != 0);
        if (PageTables[environment].TryRead(page, out PageMapping mapping))
            yield return (
                Frame.NumberOf(mapping.PhysicalAddress),
                (mapping.Rights & PageRights.Writable) != 0);
    }

    private void FlushCached(in Binding binding)
    {
        Stlb.Remove(binding.Environment, binding.VirtualPage);
        Tlb.FlushPage(
            IdOf(binding.Environment), (ulong)Frame.AddressOf(binding.VirtualPage));
    }

    // Tables that were given back may be bound for reading.
    private void Settle(int environment)
    {
        var released = new List<long>();
        Tables[environment].TakeReleased(released);
        foreach (long frame in released)
        {
            var broken = new List<Binding>();
            Translation.Break(frame, broken);
            broken.ForEach(binding => Forget(binding));
        }
    }
}
