using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Kernels.Arrakis;

/// <summary>
/// Is offered the events of every decision before they take effect, in the order of decisions.
/// </summary>
public interface IControlPlaneJournal
{
    /// <summary>A decision was made at a virtual time; a refusal has no events.</summary>
    void Decided(long decidedPs, IReadOnlyList<ControlEvent> events);
}
