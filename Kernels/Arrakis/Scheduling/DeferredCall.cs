using Disguise.Actors.Crossings;

namespace Disguise.Kernels.Arrakis.Scheduling;

/// <summary>
/// A context whose call had to wait has its core again, or what the call would get has been taken
/// from its last owner: the kernel serves the call now. The word is the context's number.
/// </summary>
internal sealed record DeferredCall : IInternalMessage, IWordMessage
{
    private DeferredCall()
    {
    }

    public static DeferredCall Instance { get; } = new();
}
