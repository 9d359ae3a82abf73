using Disguise.Actors.Dispatch;
using Disguise.Hardware.Cores;

namespace Disguise.Kernels.Monolithic.Processes;

/// <summary>The actor and the context that a child will be: both are made before the parent traps.
/// </summary>
/// <param name="Actor">The actor, of which the kernel knows nothing yet.</param>
/// <param name="Context">Its context, which has not run.</param>
public sealed record ForkedProcess(IslandActorRef Actor, CpuContext Context);
