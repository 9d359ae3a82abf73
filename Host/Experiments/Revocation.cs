using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Experiments;

/// <summary>A resource is taken back.</summary>
/// <param name="AtPs">When, from the start of measuring.</param>
/// <param name="Target">From whom, as written.</param>
/// <param name="Things">From whom, resolved.</param>
/// <param name="Resource">What: <c>network</c>, or a kernel's own kind.</param>
/// <param name="Ask">Whether the holder is asked first, where the architecture can ask.</param>
/// <param name="DeadlinePs">How long it is given to return it; null for the kernel's own.</param>
/// <param name="Amount">How much of it: frames of memory.</param>
public sealed record Revocation(
    long AtPs,
    Address Target,
    IReadOnlyList<Thing> Things,
    string Resource,
    bool Ask,
    long? DeadlinePs,
    int Amount
) : Injection(AtPs, Target, Things);
