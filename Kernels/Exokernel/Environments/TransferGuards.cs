using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>The guards of protected transfers.</summary>
public static class TransferGuards
{
    /// <summary>
    /// Tells who is entered by whom. Off, the kernel believes the caller's first register.
    /// </summary>
    public static readonly Guard Caller = new("transfer-caller");
}
