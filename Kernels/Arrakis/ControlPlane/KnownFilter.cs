using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>A packet filter, as a referee or `inspect` sees it.</summary>
/// <param name="Filter">Its number.</param>
/// <param name="Container">Whose it is.</param>
/// <param name="Direction">Of what is received, or of what is sent.</param>
/// <param name="Card">The card that it is assigned to, or -1.</param>
/// <param name="Queue">The card's queue to which it leads.</param>
/// <param name="Predicates">Predicates that it was translated into.</param>
/// <param name="Installed">Those of them that stand in the NIC.</param>
public readonly record struct KnownFilter(
    int Filter, int Container, FilterDirection Direction, int Card, int Queue, int Predicates,
    int Installed);
