using Disguise.Kernels.Capabilities;

namespace Disguise.Kernels.Microkernel.Domains;

/// <summary>
/// A domain as the operator orders it: what it is made with before its first instruction, as a
/// root task would make it.
/// </summary>
public sealed record DomainRequest
{
    /// <summary>Its address: <c>server.driver</c>.</summary>
    public required string Address { get; init; }

    /// <summary>
    /// The threads that it may start, by number. Each gets an endpoint to receive at and a
    /// notification of its own.
    /// </summary>
    public required IReadOnlyList<ThreadPlace> Threads { get; init; }

    /// <summary>
    /// Pages of the extents of memory that it gets; they are mapped one after the other from page
    /// <see cref="Memory.DomainPages.FirstFreePage"/> on.
    /// </summary>
    public IReadOnlyList<int> ExtentPages { get; init; } = [];

    /// <summary>Endpoints of other domains that it may call.</summary>
    public IReadOnlyList<EndpointLink> Links { get; init; } = [];

    /// <summary>
    /// Whether it drives the network interface card: its registers are mapped at page
    /// <see cref="Memory.DomainPages.FirstRegisterPage"/>, the card's DMA goes through its page
    /// table, and vector n of the card interrupts its thread n.
    /// </summary>
    public bool DrivesNetworkCard { get; init; }

    internal ulong Digest
    {
        get
        {
            var digest = Actors.Crossings.Digest.OfText(Address);
            foreach (var thread in Threads)
                digest = Mix(digest, ((ulong)thread.Core << 8) | (uint)thread.Priority);
            foreach (var pages in ExtentPages)
                digest = Mix(digest, (ulong)pages);
            foreach (var link in Links)
            {
                digest = Mix(digest, Actors.Crossings.Digest.OfText(link.Address));
                digest = Mix(digest, link.Badge ^ ((ulong)link.Thread << 56));
            }

            return Mix(digest, DrivesNetworkCard ? 1UL : 0UL);
        }
    }

    private static ulong Mix(ulong left, ulong right) =>
        Actors.Crossings.Digest.Mix(left, right);

    /// <summary>An endpoint of another domain, with the badge that its calls carry.</summary>
    /// <param name="Address">The other domain.</param>
    /// <param name="Thread">Its thread that receives there.</param>
    /// <param name="Badge">The badge; 0 for none.</param>
    /// <param name="Rights">Write to send; Grant to give capabilities away with messages.</param>
    public readonly record struct EndpointLink(
        string Address, int Thread, ulong Badge, CapabilityRights Rights = CapabilityRights.Write);
}
