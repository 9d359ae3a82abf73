using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>The capabilities that a domain has before its first instruction.</summary>
public sealed record BootInformation
{
    /// <summary>The endpoint at which each of its threads receives.</summary>
    public required IReadOnlyList<Handle> Endpoints { get; init; }

    /// <summary>The notification of each of its threads.</summary>
    public required IReadOnlyList<Handle> Notifications { get; init; }

    /// <summary>Its extents of memory, which are mapped.</summary>
    public required IReadOnlyList<Handle> Extents { get; init; }

    /// <summary>The endpoints of others that it may call, as it was ordered.</summary>
    public required IReadOnlyList<Handle> Links { get; init; }

    /// <summary>The interrupt of each of its threads, where it drives a device.</summary>
    public required IReadOnlyList<Handle> Interrupts { get; init; }

    internal ulong Digest
    {
        get
        {
            var digest = 0UL;
            foreach (var list in (ReadOnlySpan<IReadOnlyList<Handle>>)
                [Endpoints, Notifications, Extents, Links, Interrupts])
            {
                foreach (var handle in list)
                    digest = Actors.Crossings.Digest.Mix(digest, handle.Value);
            }

            return digest;
        }
    }
}
