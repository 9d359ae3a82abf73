using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// What everybody may know of the software TLB: its frames can be bound for reading by a
/// well-known capability, and its entries have this layout (Engler et al., SOSP 1995, sections 3.1
/// and 5.2: bookkeeping of the kernel's is exposed read-only). A library looks there what the
/// kernel would find, without a call.
/// </summary>
public static class ExposedTlb
{
    /// <summary>The seal of the capabilities to its frames, which is no secret.</summary>
    public const ulong Seal = 0x7374_6c62_2d72_6561;

    /// <summary>Frames that it takes.</summary>
    public const int FrameCount = SoftwareTlb.FrameCount;

    /// <summary>The well-known capability to one of its frames.</summary>
    public static PageCapability CapabilityOf(long frame) =>
        new(PageCapability.ClaimOf(frame, isForWriting: false, generation: 0), Seal);

    /// <summary>Where the entry of an environment's page is, in bytes from its beginning.
    /// </summary>
    public static int OffsetOf(int environment, long virtualPage) =>
        SoftwareTlb.IndexOf(environment, virtualPage) * sizeof(ulong);

    /// <summary>What an entry says of an environment's page, if it is of that page.</summary>
    public static bool TryDecode(
        ulong entry, int environment, long virtualPage, out long frame, out bool isWritable)
    {
        var isOf = SoftwareTlb.IsOf(entry, environment, virtualPage);
        var found = SoftwareTlb.BindingIn(entry, environment, virtualPage);
        (frame, isWritable) = isOf ? (found.Frame, found.IsWritable) : (-1, false);
        return isOf;
    }
}
