using Disguise.Actors.Faults;
using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Exokernel.Capabilities;

/// <summary>
/// Makes and checks self-authenticating capabilities: the seal is SipHash-2-4 of the claim under a
/// key that the kernel alone has.
/// </summary>
/// <param name="hash">Of the kernel's key.</param>
/// <param name="guards">Those of the machine.</param>
internal sealed class PageSeals(HandleTags hash, Guards guards)
{
    private readonly bool mustBeSealed = guards.IsOn(KernelGuards.CapabilitySeal);
    private readonly bool mustBePresent = guards.IsOn(KernelGuards.CapabilityGeneration);

    /// <summary>Seals a capability to a page.</summary>
    public PageCapability Seal(long frame, bool isForWriting, uint generation)
    {
        ulong claim = PageCapability.ClaimOf(frame, isForWriting, generation);
        return new PageCapability(claim, hash.Hash(claim));
    }

    /// <summary>Whether this kernel made it, for the page's present generation.</summary>
    public ExokernelRefusal Check(PageCapability shown, uint generation)
    {
        if (mustBeSealed && hash.Hash(shown.Claim) != shown.Seal)
        {
            return ExokernelRefusal.ForgedCapability;
        }

        return mustBePresent && shown.Generation != generation
            ? ExokernelRefusal.StaleCapability
            : ExokernelRefusal.None;
    }
}
