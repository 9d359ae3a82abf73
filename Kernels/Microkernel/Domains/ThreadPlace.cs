namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>Where a thread of a domain runs, as whoever made the domain says.</summary>
/// <param name="Core">The core; a thread does not leave it.</param>
/// <param name="Priority">0 to 63; the highest runs first.</param>
public readonly record struct ThreadPlace(int Core, int Priority);
