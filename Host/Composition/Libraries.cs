using Disguise.Host.Experiments;
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
        var numbers = new SortedList<string, long>(StringComparer.Ordinal);
        foreach (var name in group.Application.Names)
            numbers.Add(name, group.Application.Get<long>(name));
        if (!ApplicationRegistry.TryMake(
            group.Application.Kind, new ApplicationParameters(numbers), out var application))
        {
            throw new InvalidOperationException($"{group.Application.Kind} is not built");
        }

        return new TenantSettings
        {
            Application = application,
            Interface = InterfaceOf(group, architecture),
            Wait = new LibOS.Waiting.WaitPolicy(group.Wait.SpinPs),
            RateLimitBitsPerSecond = group.RateLimitBitsPerSecond ?? 0,
        };
    }

    /// <summary>The interface that a group has under an architecture.</summary>
    public static TenantInterface InterfaceOf(TenantGroup group, IArchitecture architecture) =>
        architecture.Interfaces.Contains(group.Interface)
            ? group.Interface : architecture.Interfaces[0];
}
