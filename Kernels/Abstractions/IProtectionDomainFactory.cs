using Disguise.Actors.Islands;

namespace Disguise.Kernels.Abstractions;

/// <summary>
/// Makes the actor of a protection domain: a library OS with its application inside. Kernels
/// contain one without knowing which.
/// </summary>
public interface IProtectionDomainFactory
{
    /// <summary>Makes the actor; called within the actor's creation.</summary>
    EmulatedActor Make(DomainEnvironment environment);
}
