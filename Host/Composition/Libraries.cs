using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Domains;

namespace Disguise.Host.Composition;

/// <summary>The program and the library OS that a tenant group's entry asks for.</summary>
internal static class Libraries
{
    /// <summary>
    /// What the tenants of a group run; the architecture's first interface where it does not have
    /// the one that is asked for.
    /// </summary>
    public static TenantSettings SettingsOf(TenantGroup group, IArchitecture architecture)
    {
        if (!ApplicationRegistry.TryMake(
            group.Application.Kind, ParametersOf(group.Application), out var application))
        {
            throw new InvalidOperationException($"{group.Application.Kind} is not built");
        }

        return new TenantSettings
        {
            Application = application,
            Interface = InterfaceOf(group, architecture),
            Wait = new LibOS.Waiting.WaitPolicy(group.Wait.SpinPs),
            Revocation = group.Revocation,
            RateLimitBitsPerSecond = group.RateLimitBitsPerSecond ?? 0,
        };
    }

    /// <summary>
    /// The settings of an application as its program takes them: numbers and texts, an address as
    /// it is written.
    /// </summary>
    public static ApplicationParameters ParametersOf(ApplicationSettings settings) => new(
        settings.Names.Select(name => KeyValuePair.Create(
            name, settings.Get<object>(name) switch
            {
                Address address => address.ToString(),
                var value => value,
            })));

    /// <summary>The interface that a group has under an architecture.</summary>
    public static TenantInterface InterfaceOf(TenantGroup group, IArchitecture architecture) =>
        architecture.Interfaces.Contains(group.Interface)
            ? group.Interface : architecture.Interfaces[0];
}
