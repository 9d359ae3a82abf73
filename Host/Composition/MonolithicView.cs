using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Monolithic;

namespace Disguise.Host.Composition;

/// <summary>What the outside sees of a monolithic kernel.</summary>
internal sealed class MonolithicView(Machine machine, MonolithicKernel kernel) : IKernelView
{
    public IslandActorRef Actor => kernel.Actor;

    public IReadOnlyList<LedgerAccount> ServerAccounts => [];

    public IReadOnlyList<PacketCounters> SoftwareCounters =>
        [kernel.Received, kernel.Transmitted];

    public KernelMessageKind KindOf(object message) => MonolithicKernel.KindOf(message);

    public long CheckFrames(List<string> findings)
    {
        var before = findings.Count;
        var frames = kernel.CheckFrames(findings);
        for (var index = before; index < findings.Count; index++)
            findings[index] = $"{machine.Name}: {findings[index]}";
        return frames;
    }

    public long CheckCapabilities(List<string> findings) => 0;

    public void RevokeNetwork(string tenantAddress, long atPs) => machine.Island.Schedule(
        atPs, Actor, new MonolithicProtocol.RevokeNetwork(tenantAddress), null);
}
