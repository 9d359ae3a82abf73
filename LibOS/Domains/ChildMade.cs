using Disguise.Actors.Crossings;
using Disguise.Hardware.Cores;

namespace Disguise.LibOS.Domains;

/// <summary>
/// The actor of a child is there, with a context that has not run: its parent, which waits for
/// that, may have the kernel make it a protection domain. Nothing of the emulated world passes.
/// </summary>
internal sealed record ChildMade(CpuContext Context) : IInternalMessage;
