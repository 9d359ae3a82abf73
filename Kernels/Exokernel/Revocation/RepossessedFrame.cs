namespace Disguise.Kernels.Exokernel.Revocation;

/// <summary>A frame that was taken by force, and what is to be done with it.</summary>
/// <param name="Frame">Which one; it is to be zeroed.</param>
/// <param name="Backing">Where its bytes are to be written before, or -1.</param>
internal readonly record struct RepossessedFrame(long Frame, long Backing);
