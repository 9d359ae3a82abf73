using Disguise.Actors.Dispatch;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Microkernel;
using Disguise.Kernels.Microkernel.Servers;

namespace Disguise.Host.Composition;

/// <summary>What the outside sees of a microkernel and its servers.</summary>
internal sealed class MicrokernelView(
    Machine machine, LedgerAccount driverAccount, LedgerAccount networkAccount) : IKernelView
{
    public Nucleus Nucleus { get; set; } = null!;

    /// <summary>The driver server, once it has started.</summary>
    public DriverServerActor? Driver { get; set; }

    /// <summary>The network server, once it has started.</summary>
    public NetworkServerActor? Network { get; set; }

    public LedgerAccount DriverAccount => driverAccount;

    public LedgerAccount NetworkAccount => networkAccount;

    public IslandActorRef Actor => Nucleus.Actor;

    public IReadOnlyList<LedgerAccount> ServerAccounts => [driverAccount, networkAccount];

    public IReadOnlyList<PacketCounters> SoftwareCounters
    {
        get
        {
            var counters = new List<PacketCounters>();
            if (Driver is not null)
                counters.Add(Driver.Counters);
            if (Network is not null)
            {
                counters.Add(Network.Counters);
                counters.AddRange(Network.TenantCounters);
            }

            return counters;
        }
    }

    public KernelMessageKind KindOf(object message) => Nucleus.KindOf(message);

    public long CheckFrames(List<string> findings) =>
        Nucleus.CheckFrames(machine.Name, findings);

    public long CheckCapabilities(List<string> findings) =>
        Nucleus.CheckCapabilities(machine.Name, findings);

    public void RevokeNetwork(string tenantAddress, long atPs) => machine.Island.Schedule(
        atPs, Actor, new NucleusProtocol.RevokeNetwork(tenantAddress), null);
}
