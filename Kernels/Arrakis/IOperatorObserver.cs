namespace Disguise.Kernels.Arrakis;

/// <summary>Told what an order of the operator led to; watches only.</summary>
public interface IOperatorObserver
{
    /// <summary>A container's network is gone; <paramref name="cards"/> cards were deleted.
    /// </summary>
    void NetworkRevoked(string address, long orderedPs, long donePs, int cards);
}
