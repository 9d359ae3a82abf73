namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>What environments sleep for.</summary>
internal interface IWakeUps
{
    /// <summary>
    /// Whether what a sleeping environment waits for is there. Adds the products that were
    /// computed to find out.
    /// </summary>
    bool IsDue(int environment, ref int products);
}
