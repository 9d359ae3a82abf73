using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Kernels.Arrakis;

/// <summary>Watches control-plane calls, for their counts and latencies; changes nothing.
/// </summary>
public interface IControlCallObserver
{
    /// <summary>
    /// A domain's call was served: from the trap to the return on the caller's core.
    /// </summary>
    void Called(Command command, RefusalReason refusal, long trappedPs, long returnedPs);
}
