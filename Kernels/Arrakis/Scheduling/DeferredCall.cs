using Disguise.Actors.Crossings;

namespace Disguise.Kernels.Arrakis.Scheduling;

/// <summary>
/// A context that lost its core in the instant of its call has one again: the kernel serves the
/// call now. The word is the context's number.
/// </summary>
internal sealed record DeferredCall : IInternalMessage, IWordMessage
{
    private DeferredCall()
    {
    }

    public static DeferredCall Instance { get; } = new();
}
