using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>Refuses without a reason.</summary>
internal sealed class WithoutReason(IReadiness inner) : IReadiness
{
    public void Ready(string address) => inner.Ready(address);

    public void Failed(string address, string reason) => inner.Failed(address, "");

    public void Crashed(string address, string reason, long atPs) =>
        inner.Crashed(address, reason, atPs);

    public void Counts(PacketCounters counters) => inner.Counts(counters);
}

/// <summary>Says of every order that it took something.</summary>
internal sealed class AlwaysTaking(IMachineObserver inner) : IMachineObserver
{
    public void ControlCall(string kind, bool isRefused, long calledPs, long returnedPs) =>
        inner.ControlCall(kind, isRefused, calledPs, returnedPs);

    public void Revoked(RevocationReport report) =>
        inner.Revoked(report with { Amount = Math.Max(1, report.Amount) });
}
