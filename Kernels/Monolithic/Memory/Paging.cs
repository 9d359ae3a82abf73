using Disguise.Hardware.Machines;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Monolithic.Memory;

/// <summary>What all processes' pages share: frames, and where pages go that have none.</summary>
internal sealed class Paging(Machine machine, MonolithicOptions options)
{
    /// <summary>Frames of pages.</summary>
    public SharedFrames Frames { get; } = new(machine, KernelMemory.Pages);

    /// <summary>The memory of a process, made when it is first asked for; null where no library is
    /// linked into the kernel.</summary>
    public ProcessMemory? MemoryOf(KernelServices kernel, Process process)
    {
        if (options.Memory is not null)
            process.Memory ??= new ProcessMemory(kernel, process.Image);
        return process.Memory;
    }

    /// <summary>The swap area.</summary>
    public IBackingStore Store { get; } =
        options.Memory?.MakeStore(options.SwapPages, options.SwapLatencyPs)!;
}
