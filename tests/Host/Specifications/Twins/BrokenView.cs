using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>A kernel's view of which one answer is wrong.</summary>
internal sealed class BrokenView(IKernelView inner) : IKernelView
{
    public Func<KernelMessageKind, KernelMessageKind> Kind { get; init; } = kind => kind;

    public Func<long, long> Frames { get; init; } = frames => frames;

    public Func<RevocationOrder, bool>? Revocation { get; init; }

    public IReadOnlyList<LedgerAccount> MoreAccounts { get; init; } = [];

    public IReadOnlyList<PacketCounters> MoreCounters { get; init; } = [];

    public IslandActorRef Actor => inner.Actor;

    public IReadOnlyList<LedgerAccount> ServerAccounts =>
        [.. inner.ServerAccounts, .. MoreAccounts];

    public IReadOnlyList<PacketCounters> SoftwareCounters =>
        [.. inner.SoftwareCounters, .. MoreCounters];

    public KernelMessageKind KindOf(object message) => Kind(inner.KindOf(message));

    public long CheckFrames(List<string> findings) => Frames(inner.CheckFrames(findings));

    public long CheckCapabilities(List<string> findings) => inner.CheckCapabilities(findings);

    public bool Revoke(RevocationOrder order) => (Revocation ?? inner.Revoke)(order);
}
