using Disguise.Host.Experiments;
using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Domains;

namespace Disguise.Host.Composition;

/// <summary>The library OS that a tenant group's experiment entry asks for.</summary>
internal static class Libraries
{
    public static IProtectionDomainFactory FactoryFor(TenantGroup group)
    {
        var numbers = new SortedList<string, long>(StringComparer.Ordinal);
        foreach (var name in group.Application.Names)
            numbers.Add(name, group.Application.Get<long>(name));
        if (!ApplicationRegistry.TryMake(
            group.Application.Kind, new ApplicationParameters(numbers), out var application))
        {
            throw new InvalidOperationException($"{group.Application.Kind} is not built");
        }

        return new LibraryOsFactory(new TenantSettings
        {
            Application = application,
            Interface = group.Interface == Experiments.TenantInterface.Posix
                ? LibOS.Domains.TenantInterface.Posix
                : LibOS.Domains.TenantInterface.Native,
            Wait = new LibOS.Waiting.WaitPolicy(group.Wait.SpinPs),
            RateLimitBitsPerSecond = group.RateLimitBitsPerSecond ?? 0,
        });
    }
}
