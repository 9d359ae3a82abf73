namespace Disguise.LibOS.Composition.Churn;

/// <summary>
/// Told of the coming and going of a group's tenants on one machine. Watches only: nothing in the
/// emulated world depends on it.
/// </summary>
public interface ITenantChurnObserver
{
    /// <summary>A tenant has arrived and its start is ordered.</summary>
    void Arrived(TenantPlan tenant, long atPs);

    /// <summary>A tenant has arrived while every place was taken: it is turned away.</summary>
    void TurnedAway(long atPs);

    /// <summary>A tenant has ended and everything it had was given back.</summary>
    /// <param name="tenant">Which.</param>
    /// <param name="atPs">When.</param>
    /// <param name="isDeparture">Whether its lifetime was over; else it had been refused by the
    /// kernel, or had crashed.</param>
    void Ended(TenantPlan tenant, long atPs, bool isDeparture);
}
