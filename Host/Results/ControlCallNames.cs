using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Host.Results;

/// <summary>
/// The kinds of control-plane calls that the kernels of this program report, so that a misspelt one
/// is told from one that did not occur.
/// </summary>
internal static class ControlCallNames
{
    private static readonly string[] Exokernel =
    [
        "acquire", "allocate-frame", "allocate-frames", "allocate-slice", "bind-network",
        "bind-packets", "bind-sealed", "bind-window", "change-list", "count-slices",
        "create-environment", "create-region", "delete-credential", "edit-pages",
        "end-environment", "find-region", "find-slice", "find-software-tlb", "forge",
        "free-frames", "free-slice", "give-back", "give-slice", "guarantee-page",
        "keep-backing", "leave-section", "load-backing",
        "map-pages", "map-window", "nothing", "offer", "pass-window", "protect-range",
        "read-back", "read-credential", "read-repossession", "register-section", "remove-region",
        "reserve-frame", "return-frames", "seal-page", "submit-page", "unbind-network",
        "unbind-window", "withdraw-pages",
    ];

    private static readonly string[] Monolithic =
    [
        "bind", "close", "epoll-create", "epoll-ctl", "fork", "getsockname", "mmap", "mprotect",
        "munmap", "open", "open-window", "setrlimit", "shmat", "shmget", "sigaction", "socket",
    ];

    private static readonly string[] Microkernel =
        ["create-domain", "delete", "destroy-domain", "map", "mint", "revoke", "unmap"];

    /// <summary>All of them, in ordinal order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. typeof(Command).GetNestedTypes().Select(type => HyphenatedName.Of(type.Name))
            .Concat(Exokernel).Concat(Monolithic).Concat(Microkernel)
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
