using Disguise.Actors.Crossings;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// The registers that a protected transfer leaves as they are: they are the message. The kernel
/// looks at none of them.
/// </summary>
/// <param name="First">By convention of the caller and the callee, as all others.</param>
/// <param name="Second">The second.</param>
/// <param name="Third">The third.</param>
/// <param name="Fourth">The fourth.</param>
public sealed record TransferRegisters(
    ulong First = 0, ulong Second = 0, ulong Third = 0, ulong Fourth = 0)
{
    internal ulong ContentDigest => Digest.Of(First, Second, Third, Fourth);
}
