namespace Disguise.Kernels.Abstractions;

/// <summary>
/// Told by a kernel what it did for tenants and for the operator. Watches only: nothing in the
/// emulated world depends on it.
/// </summary>
public interface IMachineObserver
{
    /// <summary>A control call was served.</summary>
    /// <param name="kind">Its kind in words joined by hyphens: <c>create-filter</c>.</param>
    /// <param name="isRefused">Whether it was refused.</param>
    /// <param name="calledPs">When the caller called.</param>
    /// <param name="returnedPs">When it had its answer.</param>
    void ControlCall(string kind, bool isRefused, long calledPs, long returnedPs);

    /// <summary>A tenant's network was taken by order of the operator.</summary>
    /// <param name="address">The tenant.</param>
    /// <param name="orderedPs">When the order came.</param>
    /// <param name="donePs">When nothing of it was left.</param>
    /// <param name="taken">Interfaces that were taken; 0 when it had none.</param>
    void NetworkRevoked(string address, long orderedPs, long donePs, int taken);
}
