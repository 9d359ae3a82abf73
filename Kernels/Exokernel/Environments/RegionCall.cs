using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Regions;
using Bits = Disguise.Actors.Crossings.Digest;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// A call about a software region: bytes of a frame that nobody maps, which are reached by calls
/// alone, each with a credential that is looked at each time (Kaashoek et al., SOSP 1997, section
/// 5.1).
/// </summary>
public abstract record RegionCall : KernelCall
{
    private RegionCall()
    {
    }

    /// <summary>
    /// Makes a region of bytes of a frame that the credential lets one write and nobody has mapped.
    /// Who shows the one capability reads it, who shows the other writes it. The value is the word
    /// of its <see cref="RegionId"/>.
    /// </summary>
    public sealed record Create(
        RegionRange Range, Capability Reader, Capability Writer, int Credential) : RegionCall
    {
        internal override string Name => "create-region";

        internal override ulong Digest => Bits.Of(
            Bits.Of(
                30, (ulong)Range.Frame, ((ulong)Range.OffsetBytes << 32) | (uint)Range.LengthBytes),
            Reader.Word, Writer.Word, (ulong)Credential);
    }

    /// <summary>Copies bytes of a region to an address of the caller's.</summary>
    public sealed record Read(
        RegionId Region, int OffsetBytes, int LengthBytes, ulong Destination, int Credential)
        : RegionCall
    {
        internal override string Name => "read-region";

        internal override bool NeedsStack => false;

        internal override ulong Digest => Bits.Of(
            Bits.Of(31, (ulong)Region.Word, Destination),
            ((ulong)OffsetBytes << 32) | (uint)LengthBytes, (ulong)Credential);
    }

    /// <summary>Copies bytes from an address of the caller's into a region.</summary>
    public sealed record Write(
        RegionId Region, int OffsetBytes, int LengthBytes, ulong Source, int Credential)
        : RegionCall
    {
        internal override string Name => "write-region";

        internal override bool NeedsStack => false;

        internal override ulong Digest => Bits.Of(
            Bits.Of(32, (ulong)Region.Word, Source),
            ((ulong)OffsetBytes << 32) | (uint)LengthBytes, (ulong)Credential);
    }

    /// <summary>Ends a region that the caller has made.</summary>
    public sealed record Remove(RegionId Region) : RegionCall
    {
        internal override string Name => "remove-region";

        internal override ulong Digest => Bits.Of(33, (ulong)Region.Word);
    }

    /// <summary>
    /// Looks at the book of regions: the value is the physical address of the region's first byte,
    /// which a predicate may name, the second how many bytes it has. Names are no secret.
    /// </summary>
    public sealed record Find(RegionId Region) : RegionCall
    {
        internal override string Name => "find-region";

        internal override ulong Digest => Bits.Of(34, (ulong)Region.Word);
    }
}
