using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel;

/// <summary>The guards of the Exokernel.</summary>
public static class KernelGuards
{
    /// <summary>
    /// A credential must dominate what it is shown for. Off, any valid credential opens anything.
    /// </summary>
    public static readonly Guard Domination = new("exokernel-domination");

    /// <summary>
    /// A capability that is shown as a value must bear the kernel's seal. Off, whoever makes one up
    /// is believed.
    /// </summary>
    public static readonly Guard CapabilitySeal = new("exokernel-capability-seal");

    /// <summary>
    /// A sealed capability must be of its page's present generation. Off, one that was replayed
    /// after the page went to another still opens it.
    /// </summary>
    public static readonly Guard CapabilityGeneration = new("exokernel-capability-generation");

    /// <summary>
    /// Checks the capability when a translation is bound. Off, an environment binds any frame.
    /// </summary>
    public static readonly Guard BindCheck = new("exokernel-bind-check");

    /// <summary>
    /// Compares the tag of the environment with that of the software TLB's entry. Off, an entry of
    /// another environment that lies in the same place is taken for one's own.
    /// </summary>
    public static readonly Guard SoftwareTlbTag = new("exokernel-stlb-tag");

    /// <summary>
    /// Lets nobody map the software TLB but to read it. Off, an environment enters translations
    /// of its own making.
    /// </summary>
    public static readonly Guard SoftwareTlbReadOnly = new("exokernel-stlb-read-only");

    /// <summary>
    /// Takes from a revocation's answer only what the answering environment owns. Off, somebody
    /// else's frame can be returned.
    /// </summary>
    public static readonly Guard ReturnedFrames = new("exokernel-returned-frames");
}
