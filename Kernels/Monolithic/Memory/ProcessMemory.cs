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
    private long nextPage = FirstPage;

    public ProcessMemory(KernelServices kernel, ProcessImage image)
    {
        this.kernel = kernel;
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

    /// <summary>What is mapped.</summary>
    public IVirtualMemory Library { get; }

    /// <summary>The page tables.</summary>
    public MappedPages Pages { get; }

    /// <summary>The page from which the next mapping goes, where the process leaves it open.
    /// </summary>
    public long NextPage => nextPage;

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

    /// <summary>Pages have been mapped.</summary>
    public void Mapped(long firstPage, int pages) =>
        nextPage = Math.Max(nextPage, firstPage + pages);

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
