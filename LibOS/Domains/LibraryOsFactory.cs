using Disguise.Actors.Islands;
using Disguise.Kernels.Abstractions;

namespace Disguise.LibOS.Domains;

/// <summary>Makes protection domains with a library OS and an application inside.</summary>
public sealed class LibraryOsFactory : IProtectionDomainFactory
{
    private readonly Func<DomainEnvironment, EmulatedActor> make;

    /// <summary>A factory of domains that run the same.</summary>
    public LibraryOsFactory(TenantSettings settings)
    {
        settings.Layout.Check();
        make = environment => new ProtectionDomainActor(environment, settings);
    }

    /// <inheritdoc/>
    public EmulatedActor Make(DomainEnvironment environment) => make(environment);
}
