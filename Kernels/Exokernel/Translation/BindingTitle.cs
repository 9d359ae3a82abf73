using Disguise.Kernels.Exokernel.Capabilities;

namespace Disguise.Kernels.Exokernel.Translation;

/// <summary>
/// What an environment has shown to bind a page: a credential, or a sealed capability to the frame.
/// No access looks at it again; it is kept so that what was checked then can be checked once more
/// from outside.
/// </summary>
/// <param name="Credential">The credential, or none.</param>
/// <param name="Sealed">The sealed capability, where there is no credential.</param>
internal readonly record struct BindingTitle(
    Capability Credential, PageCapability Sealed = default);
