using Disguise.Actors.Dispatch;

namespace Disguise.Hardware.Cores;

/// <summary>
/// Where an interrupt goes. With a context, it goes straight into that context's domain when the
/// context halts on the core (a virtual interrupt, Arrakis TOCS 2015 section 3.6); in every other
/// case it goes to the kernel.
/// </summary>
/// <param name="Kernel">The kernel's actor.</param>
/// <param name="Context">The context that may take it directly, or none.</param>
/// <param name="Event">The number by which the receiver knows the event.</param>
public readonly record struct VectorBinding(IslandActorRef Kernel, CpuContext? Context, long Event);
