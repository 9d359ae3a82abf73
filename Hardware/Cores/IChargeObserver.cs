using Disguise.Actors.Ledgers;

namespace Disguise.Hardware.Cores;

/// <summary>Watches the charges of a context; changes nothing.</summary>
public interface IChargeObserver
{
    /// <summary>A charge was booked from a time on.</summary>
    void Charged(
        CpuContext context, LedgerAccount account, CostKey key, long startPs, long durationPs);
}
