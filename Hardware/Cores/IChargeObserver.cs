using Disguise.Actors.Ledgers;

namespace Disguise.Hardware.Cores;

/// <summary>Watches the charges of a context; changes nothing.</summary>
public interface IChargeObserver
{
    /// <summary>A charge for a number of events or bytes was booked from a time on.</summary>
    void Charged(
        CpuContext context, LedgerAccount account, CostKey key, long count, long startPs,
        long durationPs);
}
