namespace Disguise.Kernels.Exokernel.Regions;

/// <summary>What the credentials of environments open.</summary>
internal interface IRegionRights
{
    /// <summary>
    /// Whether a frame is the environment's to withdraw: it shows a capability to write it, and
    /// nobody has it mapped.
    /// </summary>
    bool MayWithdraw(int environment, int credential, long frame);

    /// <summary>
    /// Whether the credential in a slot of an environment, any number, dominates a capability.
    /// </summary>
    bool Dominates(int environment, int credential, ulong capability);
}
