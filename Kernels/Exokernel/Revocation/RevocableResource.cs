namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>What the Exokernel takes back visibly: by asking first.</summary>
public enum RevocableResource : byte
{
    /// <summary>Frames of physical memory.</summary>
    Memory,

    /// <summary>Positions in a core's vector of time slices.</summary>
    Processor,

    /// <summary>The binding of packets.</summary>
    Network,

    /// <summary>The binding of a rectangle of the screen.</summary>
    Window,
}
