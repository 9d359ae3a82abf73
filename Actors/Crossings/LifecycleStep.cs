namespace Disguise.Actors.Crossings;

/// <summary>
/// A step in the life of an actor. It is no crossing and is not counted as one, but it is in the
/// run hash: the order of stops, restarts and watches is part of what happened.
/// </summary>
/// <param name="TimePs">Virtual time of the step.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Actor">Ordinal of the actor to which it happened.</param>
/// <param name="About">
/// Ordinal of the actor that had stopped, for <see cref="LifecycleKind.Terminated"/>; else that of
/// <paramref name="Actor"/>.
/// </param>
/// <param name="Island">Index of the island.</param>
public readonly record struct LifecycleStep(
    long TimePs, LifecycleKind Kind, int Actor, int About, int Island)
{
    private static readonly uint[] StableIdentities =
    [
        (uint)Digest.OfText("lifecycle-started"),
        (uint)Digest.OfText("lifecycle-stopped"),
        (uint)Digest.OfText("lifecycle-restarting"),
        (uint)Digest.OfText("lifecycle-restarted"),
        (uint)Digest.OfText("lifecycle-terminated"),
    ];

    /// <summary>The step as the run hash takes it.</summary>
    internal Crossing ToRecord() =>
        new(TimePs, 0, About, Actor, StableIdentities[(int)Kind], Island);
}
