using Disguise.Host.Experiments;

namespace Disguise.Host.Composition;

/// <summary>Which library is linked where: the whole difference between the architectures.
/// </summary>
internal static class Architectures
{
    public static IReadOnlyList<Architecture> All { get; } =
    [
        //   name       kernel            network stack in           interfaces
        new("arrakis", "control plane", "protection domain", [TenantInterface.Native,
            TenantInterface.Posix], ArrakisMachine.Install),
    ];

    public static Architecture Of(string name) => All.Single(known => known.Name == name);
}
