using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Experiments;

/// <summary>A way in which a thing can break.</summary>
/// <param name="Name">Its name in <c>fault: { kind: }</c>.</param>
/// <param name="Targets">What can break so.</param>
/// <param name="Description">One line on what happens.</param>
public sealed record FaultKind(string Name, IReadOnlyList<ThingKind> Targets, string Description);
