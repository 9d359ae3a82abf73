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

    /// <summary>An order to take something back has been carried out, or could not be.
    /// </summary>
    void Revoked(RevocationReport report);
}
