using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.VirtualMemory;

namespace Disguise.LibOS.ExOS;

/// <summary>What of its virtual memory an environment can give back, and how that is seen.
/// </summary>
/// <param name="Library">Who decides which pages.</param>
/// <param name="Frames">The frames behind them.</param>
/// <param name="Bindings">What is bound.</param>
/// <param name="Store">Where what is to be saved goes.</param>
internal sealed record SparedMemory(
    VirtualAddressSpace Library, EnvironmentFrames Frames, PageBindings Bindings,
    IBackingStore Store);
