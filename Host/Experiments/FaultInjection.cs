using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Experiments;

/// <summary>Something breaks, and may heal.</summary>
/// <param name="AtPs">When, from the start of measuring.</param>
/// <param name="Target">What breaks, as written.</param>
/// <param name="Things">What breaks, resolved.</param>
/// <param name="Kind">How, by its name in <see cref="FaultCatalog"/>.</param>
/// <param name="ForPs">After how long it heals; null for never.</param>
public sealed record FaultInjection(
    long AtPs,
    Address Target,
    IReadOnlyList<Thing> Things,
    string Kind,
    long? ForPs
) : Injection(AtPs, Target, Things);
