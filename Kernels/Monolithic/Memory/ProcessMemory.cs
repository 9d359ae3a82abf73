using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Monolithic.Memory;

/// <summary>
/// The pages that a process maps beside its image, by the virtual-memory library that is linked
/// into the kernel. Made when the first is.
/// </summary>
internal sealed class ProcessMemory
{
    /// <summary>First page that can be mapped: at 4 GiB, far above any image.</summary>
    public const long FirstPage = 1L << 20;

    private readonly KernelServices kernel;
    private readonly PageRanges ranges;
    private long nextPage = FirstPage;

    public ProcessMemory(KernelServices kernel, ProcessImage image)
    {
        this.kernel = kernel;
        ranges = new PageRanges();
        Pages = new MappedPages(
            kernel.Machine, image.Table, image.Space.Id, kernel.Paging.Store);
        Library = kernel.Options.Memory!.Make(new VirtualMemoryOptions
        {
            FirstPage = FirstPage,
            Frames = kernel.Paging.Frames,
            Store = kernel.Paging.Store,
            Policy = kernel.Options.ReplacementPolicy,
            Use = Pages,
        });
    }

    /// <summary>The memory of a child: a copy of its parent's, page by page when one of both
    /// writes. Handlers are the parent's code, and are not inherited.</summary>
    public ProcessMemory(KernelServices kernel, ProcessImage image, ProcessMemory parent)
    {
        this.kernel = kernel;
        ranges = new PageRanges(parent.ranges);
        nextPage = parent.nextPage;
        Pages = new MappedPages(
            kernel.Machine, image.Table, image.Space.Id, kernel.Paging.Store);
        Library = parent.Library.Fork(Pages);
        Library.HasHandler = false;
    }

    /// <summary>What is mapped.</summary>
    public IVirtualMemory Library { get; }

    /// <summary>The page tables.</summary>
    public MappedPages Pages { get; }

    /// <summary>
    /// Carries out what the library wants. False where no frame was left for a table.
    /// </summary>
    public bool CarryOut(out int transfers)
    {
        var isDone = Pages.CarryOut(Library, kernel.Execution, out transfers);
        kernel.Paging.Frames.Settle();
        return isDone;
    }

    /// <summary>The process has ended.</summary>
    public void Release()
    {
        Library.Release();
        kernel.Paging.Frames.Settle();
    }

    /// <summary>Maps pages at a place of the caller's choice.</summary>
    public MemoryRefusal Map(long first, int pages, MemoryProtection protection)
    {
        var refusal = Library.Map(first, pages, protection);
        if (refusal == MemoryRefusal.None)
            ranges.Add(first, pages);
        return refusal;
    }

    /// <summary>Maps pages, a shared object's where one is given, behind what was mapped so last,
    /// or else where there is room.</summary>
    public MemoryRefusal MapAnywhere(
        int pages, MemoryProtection protection, ISharedPages? shared, out long first)
    {
        if (!ranges.TryFindGap(nextPage, pages, out first)
            && !ranges.TryFindGap(FirstPage, pages, out first))
        {
            return MemoryRefusal.TooManyPages;
        }

        var refusal = Library.Map(first, pages, protection, shared);
        if (refusal != MemoryRefusal.None)
            return refusal;
        ranges.Add(first, pages);
        nextPage = first + pages;
        return refusal;
    }

    /// <summary>Gives pages up.</summary>
    public MemoryRefusal Unmap(long first, int pages)
    {
        var refusal = Library.Unmap(first, pages);
        if (refusal == MemoryRefusal.None)
            ranges.Remove(first, pages);
        return refusal;
    }

    /// <summary>
    /// Whatever hardware translates is what the library says, and the frame is one of the
    /// kernel's for pages.
    /// </summary>
    public void Check(string address, List<string> findings)
    {
        foreach (var (page, frame) in Library.Resident())
        {
            var walked = Pages.FrameOf(page);
            if (walked != MemoryAction.NoFrame && walked != frame)
                findings.Add($"{address}: page {page} leads to frame {walked}, not {frame}");
            if (!kernel.Machine.Frames.TryGetOwner(frame, out var owner)
                || owner != KernelMemory.Pages)
            {
                findings.Add($"{address}: page {page} has frame {frame}, which is no page's");
            }
        }
    }
}
