namespace Ix;

/// <summary>What crosses between kernel, dataplane and application; all it says is a word.
/// </summary>
internal abstract record IxSignal(CrossingKind Kind) : CrossingMessage(Kind), IWordMessage
{
    /// <summary>In place of a number of events: the network was taken away.</summary>
    public const long Closed = -1;

    /// <inheritdoc/>
    public override ulong ContentDigest(Island island, long word) => (ulong)word;

    /// <summary>A dataplane asks for what it needs.</summary>
    public sealed record Launch(
        IslandActorRef Dataplane, TenantPlan Tenant, PacketCounters Counters)
        : IxSignal(CrossingKind.SystemCall);

    /// <summary>The kernel's answer; null where it refuses.</summary>
    public sealed record Launched(IxGrant? Grant) : IxSignal(CrossingKind.SystemCallReturn);

    /// <summary>A dataplane's application has ended or crashed; the word is the tenant.</summary>
    public sealed record Ended() : IxSignal(CrossingKind.SystemCall);

    /// <summary>The operator takes a tenant's network; the word is the tenant.</summary>
    public sealed record Revoke() : IxSignal(CrossingKind.Operator);

    /// <summary>The kernel tells a dataplane that its function is gone.</summary>
    public sealed record Revoked() : IxSignal(CrossingKind.Upcall);

    /// <summary>
    /// The application gives its core to the dataplane; the word is the number of batched system
    /// calls, negative where it does not wait for events.
    /// </summary>
    public sealed record RunIo() : IxSignal(CrossingKind.SystemCall);

    /// <summary>The dataplane gives it back; the word is the number of event conditions.</summary>
    public sealed record EventConditions() : IxSignal(CrossingKind.SystemCallReturn);
}
