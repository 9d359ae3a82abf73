using Disguise.Hardware.Machines;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Monolithic.Memory;

/// <summary>What all processes' pages share: frames, and where pages go that have none.</summary>
internal sealed class Paging(Machine machine, MonolithicOptions options)
{
    /// <summary>Frames of pages.</summary>
    public SharedFrames Frames { get; } = new(machine, KernelMemory.Pages);

    /// <summary>The swap area.</summary>
    public IBackingStore Store { get; } =
        options.Memory?.MakeStore(options.SwapPages, options.SwapLatencyPs)!;
}
