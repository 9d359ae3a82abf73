using System.Runtime.InteropServices;

namespace Disguise.Actors.Crossings;

/// <summary>One crossing as the run hash sees it: 40 bytes, little-endian.</summary>
/// <param name="TimePs">Virtual time of delivery.</param>
/// <param name="Content">Digest of the bytes that crossed.</param>
/// <param name="From">Ordinal or port of the sender.</param>
/// <param name="To">Ordinal of the receiver.</param>
/// <param name="Kind">Stable identity of the kind.</param>
/// <param name="Island">Index of the island.</param>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public readonly record struct Crossing(
    long TimePs, ulong Content, int From, int To, uint Kind, int Island);
