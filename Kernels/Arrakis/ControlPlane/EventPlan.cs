using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// The events of one decision while it is made. It remembers what it has planned already, since
/// the tables do not change before the events are applied.
/// </summary>
internal sealed class EventPlan(CapabilityTable capabilities)
{
    private readonly List<ControlEvent> events = [];
    private readonly HashSet<int> unassignedFilters = [];
    private readonly HashSet<int> unmapped = [];
    private int grants;

    /// <summary>Plans an event.</summary>
    public void Add(ControlEvent @event) => events.Add(@event);

    /// <summary>Plans the grant of the next capability.</summary>
    public void Grant(
        int parent, CapabilityKind kind, CapabilityRights rights, int owner, int objectNumber)
    {
        var handle = Handle.Of(capabilities.NextSlot(grants), capabilities.NextTag(grants));
        grants++;
        Add(new ControlEvent.CapabilityGranted(
            handle.Value, parent, kind, rights, owner, objectNumber));
    }

    /// <summary>Whether a filter is now for the first time planned to be unassigned.</summary>
    public bool Unassigns(int filter) => unassignedFilters.Add(filter);

    /// <summary>Whether a mapping is now for the first time planned to be taken back.</summary>
    public bool Unmaps(int mapping) => unmapped.Add(mapping);

    /// <summary>The decision to do what was planned.</summary>
    public Decision Accept() => Decision.Accept(events);
}
