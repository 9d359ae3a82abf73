namespace Disguise.Actors.Crossings;

/// <summary>
/// A message that stays inside one component: a timer, the resumption of a context at its own
/// clock, a device's next step. Not a crossing; each type is listed in <c>InternalMessages</c>.
/// </summary>
public interface IInternalMessage;
