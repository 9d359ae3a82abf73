using Disguise.Kernels.Microkernel.Domains;

namespace Disguise.Kernels.Microkernel.Memory;

/// <summary>An extent as a domain sees it; each capability is mapped once at most.</summary>
/// <param name="Domain">Whose address space.</param>
/// <param name="Extent">What is mapped.</param>
/// <param name="VirtualPage">From which page on.</param>
internal readonly record struct Mapping(Domain Domain, Extent Extent, long VirtualPage);
