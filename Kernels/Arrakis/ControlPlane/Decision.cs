using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// The control plane's answer to a command: a refusal with its reason, or the events that carry it
/// out, to be applied in their order and before anything else is decided.
/// </summary>
public sealed class Decision
{
    private Decision(RefusalReason refusal, IReadOnlyList<ControlEvent> events)
    {
        Refusal = refusal;
        Events = events;
    }

    /// <summary>Why it is refused, or <see cref="RefusalReason.None"/>.</summary>
    public RefusalReason Refusal { get; }

    /// <summary>What is to happen; empty if refused.</summary>
    public IReadOnlyList<ControlEvent> Events { get; }

    /// <summary>Whether it is not refused.</summary>
    public bool IsAccepted => Refusal == RefusalReason.None;

    /// <summary>The handle of the capability that it grants or transfers, if it does.</summary>
    public Handle Handle
    {
        get
        {
            foreach (ControlEvent @event in Events)
            {
                switch (@event)
                {
                    case ControlEvent.CapabilityGranted granted:
                        return new Handle(granted.Handle);
                    case ControlEvent.CapabilityTransferred transferred:
                        return new Handle(transferred.Handle);
                }
            }

            return Handle.None;
        }
    }

    /// <summary>An acceptance.</summary>
    internal static Decision Accept(IReadOnlyList<ControlEvent> events) =>
        new(RefusalReason.None, events);

    /// <summary>A refusal.</summary>
    internal static Decision Refuse(RefusalReason reason) => new(reason, []);
}
