using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;

namespace Disguise.Hardware.Cores;

/// <summary>At boot the kernel makes itself known to a core, which sends it timer interrupts.
/// </summary>
public sealed record KernelAttached(IslandActorRef Kernel) : IInternalMessage;
