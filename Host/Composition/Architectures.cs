using Disguise.Host.Plugins;
using Disguise.LibOS.Composition;
using static Disguise.LibOS.Domains.TenantInterface;

namespace Disguise.Host.Composition;

/// <summary>Which library is linked where: the whole difference between the architectures.
/// </summary>
internal static class Architectures
{
    public static IReadOnlyList<IArchitecture> All { get; } =
    [
        //               name       kernel           network stack in     interfaces       polls
        new Architecture("arrakis", "control plane", "protection domain", [Native, Posix], true,
            ArrakisMachine.Install)
        {
            NeedsVirtualFunctions = true,
            NoFork = "it gives each tenant one container with one protection domain, and a child "
                + "would need a second",
        },
        new Architecture("exokernel", "protection", "environment", [Native, Posix], true,
            ExokernelMachine.Install)
        {
            DrawsOnDisplays = true,
            MeasuredOperations =
            [
                "null-call", "null-call-stack", "exception", "transfer", "pipe", "pipe-inlined",
                "pipe-protected", "shared-memory", "lrpc", "trusted-lrpc",
            ],
        },
        new Architecture("monolithic", "everything", "kernel", [Posix], false,
            MonolithicMachine.Install)
        {
            DrawsOnDisplays = true,
            MeasuredOperations =
                ["null-call", "null-call-stack", "exception", "pipe", "shared-memory"],
        },
        new Architecture("microkernel", "threads and messages", "server", [Posix], false,
            MicrokernelMachine.Install)
        {
            NoFork = "its pager has no call that copies an address space",
        },
    ];

    /// <summary>The architecture of a name, of this program or of a plug-in.</summary>
    public static IArchitecture Of(string name) =>
        All.Concat(PluginLoader.Architectures).Single(known => known.Name == name);
}
