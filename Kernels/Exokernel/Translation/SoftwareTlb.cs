using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// The software TLB of Aegis (Engler et al., SOSP 1995, section 5.2): 4,096 entries of 8 bytes in
/// unmapped physical memory, direct mapped, that catch misses of the hardware's before the
/// environment is asked. An entry's place is the exclusive or of the page's number and a hash of
/// its environment's tag; the entry has the tag, the rest of the number, the frame and rights. Two
/// pages with one place displace each other, whosever they are.
/// </summary>
internal sealed class SoftwareTlb
{
    /// <summary>Entries.</summary>
    public const int EntryCount = 1 << IndexBits;

    /// <summary>Bytes of memory that it takes.</summary>
    public const int SizeBytes = EntryCount * sizeof(ulong);

    /// <summary>Frames that it takes.</summary>
    public const int FrameCount = SizeBytes / Frame.SizeBytes;

    /// <summary>Pages beyond this one are not kept.</summary>
    public const long PageLimit = 1L << (IndexBits + PageBits);

    /// <summary>Frames beyond this one are not kept.</summary>
    public const long FrameLimit = 1L << FrameBits;

    /// <summary>Tags beyond this one do not exist.</summary>
    public const int TagLimit = 1 << TagBits;

    // Valid, writable, executable and one bit that is zero; frame; rest of the page; tag.
    private const ulong Valid = 1;
    private const ulong Writable = 2;
    private const ulong Executable = 4;
    private const int FrameShift = 4;
    private const int FrameBits = 24;
    private const int PageShift = FrameShift + FrameBits;
    private const int PageBits = 20;
    private const int TagShift = PageShift + PageBits;
    private const int TagBits = 16;
    private const int IndexBits = 12;

    private readonly PhysicalMemory memory;
    private readonly long baseAddress;
    private readonly bool isReadOnly;
    private readonly bool mustMatchTag;

    /// <summary>An empty one, in frames that are zero.</summary>
    public SoftwareTlb(PhysicalMemory memory, long firstFrame, Guards guards)
    {
        this.memory = memory;
        baseAddress = Frame.AddressOf(firstFrame);
        mustMatchTag = guards.IsOn(KernelGuards.SoftwareTlbTag);
        isReadOnly = guards.IsOn(KernelGuards.SoftwareTlbReadOnly);
        FirstFrame = firstFrame;
    }

    /// <summary>The first of its frames, which is no secret.</summary>
    public long FirstFrame { get; }

    /// <summary>Probes that found their page: uses of a binding that nothing was checked for.
    /// </summary>
    public long Hits { get; private set; }

    /// <summary>Probes that did not.</summary>
    public long Misses { get; private set; }

    /// <summary>Entries that another took the place of.</summary>
    public long Displaced { get; private set; }

    /// <summary>The place of a page.</summary>
    public static int IndexOf(int tag, long virtualPage) =>
        (int)(virtualPage ^ HashOf(tag)) & (EntryCount - 1);

    /// <summary>Whether a binding can be kept here.</summary>
    public static bool CanKeep(in Binding binding) =>
        binding.VirtualPage < PageLimit && binding.Frame < FrameLimit;

    /// <summary>What it holds, by place: whose page leads where.</summary>
    public IEnumerable<(int Index, Binding Binding)> Entries()
    {
        for (int index = 0; index < EntryCount; index++)
        {
            ulong entry = memory.ReadUInt64(baseAddress + ((long)index * sizeof(ulong)));
            if ((entry & Valid) == 0)
            {
                continue;
            }

            int tag = (int)(entry >> TagShift);
            long high = (long)(entry >> PageShift) & ((1L << PageBits) - 1);
            long low = (index ^ HashOf(tag)) & (EntryCount - 1);
            yield return (index, new Binding(
                tag, (high << IndexBits) | low, (long)(entry >> FrameShift) & (FrameLimit - 1),
                RightsOf(entry)));
        }
    }

    /// <summary>Looks an environment's page up.</summary>
    /// <param name="tag">The tag in force.</param>
    /// <param name="virtualPage">The page that missed.</param>
    /// <param name="found">What it is bound to.</param>
    public bool Probe(int tag, long virtualPage, out Binding found)
    {
        ulong entry = memory.ReadUInt64(AddressOf(tag, virtualPage));
        bool isHit = virtualPage < PageLimit && Matches(entry, tag, virtualPage);
        found = isHit ? BindingIn(entry, tag, virtualPage) : default;
        Hits += isHit ? 1 : 0;
        Misses += isHit ? 0 : 1;
        return isHit;
    }

    /// <summary>Keeps a binding, in place of whichever was there. One that cannot be kept
    /// leaves the place empty if it was its own.</summary>
    public void Insert(in Binding binding)
    {
        int tag = binding.Environment;
        Remove(tag, binding.VirtualPage);
        if (!CanKeep(binding))
        {
            return;
        }

        long at = AddressOf(tag, binding.VirtualPage);
        Displaced += (memory.ReadUInt64(at) & Valid) != 0 ? 1 : 0;
        memory.WriteUInt64(at, EntryOf(binding));
    }

    /// <summary>The entry of a binding that can be kept.</summary>
    public static ulong EntryOf(in Binding binding) =>
        KeyOf(binding.Environment, binding.VirtualPage) | ((ulong)binding.Frame << FrameShift)
        | Valid
        | (binding.IsWritable ? Writable : 0)
        | ((binding.Rights & PageRights.Executable) != 0 ? Executable : 0);

    /// <summary>Whether an entry is of an environment's page.</summary>
    public static bool IsOf(ulong entry, int tag, long virtualPage) =>
        (entry & Valid) != 0 && virtualPage < PageLimit
        && entry >> PageShift == KeyOf(tag, virtualPage) >> PageShift;

    /// <summary>The binding that an entry of a page has.</summary>
    public static Binding BindingIn(ulong entry, int tag, long virtualPage) => new(
        tag, virtualPage, (long)(entry >> FrameShift) & (FrameLimit - 1), RightsOf(entry));

    /// <summary>Whether a frame is one of its own.</summary>
    public bool Contains(long frame) => frame >= FirstFrame && frame - FirstFrame < FrameCount;

    /// <summary>
    /// Whether a capability lets one bind a frame of its own: the well-known one to read, and none
    /// to write (guard <c>exokernel-stlb-read-only</c>).
    /// </summary>
    public ExokernelRefusal CheckBind(PageCapability shown, bool isForWriting) =>
        shown != ExposedTlb.CapabilityOf(shown.Frame) ? ExokernelRefusal.ForgedCapability
        : isForWriting && isReadOnly ? ExokernelRefusal.NotDominated
        : ExokernelRefusal.None;

    /// <summary>Forgets a page of an environment, if it is here.</summary>
    public void Remove(int tag, long virtualPage)
    {
        long at = AddressOf(tag, virtualPage);
        ulong entry = memory.ReadUInt64(at);
        if (IsOf(entry, tag, virtualPage))
        {
            memory.WriteUInt64(at, 0);
        }
    }

    private static long HashOf(int tag) => (uint)tag * 0x9e3779b1u >> (32 - IndexBits);

    private static ulong KeyOf(int tag, long virtualPage) =>
        ((ulong)tag << TagShift) | ((ulong)(virtualPage >> IndexBits) << PageShift);

    private static PageRights RightsOf(ulong entry) => PageRights.User
        | ((entry & Writable) != 0 ? PageRights.Writable : 0)
        | ((entry & Executable) != 0 ? PageRights.Executable : 0);

    private bool Matches(ulong entry, int tag, long virtualPage)
    {
        const ulong PageMask = ((1UL << PageBits) - 1) << PageShift;
        ulong difference = entry ^ KeyOf(tag, virtualPage);
        return (entry & Valid) != 0
            && (mustMatchTag ? difference >> PageShift == 0 : (difference & PageMask) == 0);
    }

    private long AddressOf(int tag, long virtualPage) =>
        baseAddress + ((long)IndexOf(tag, virtualPage) * sizeof(ulong));
}
