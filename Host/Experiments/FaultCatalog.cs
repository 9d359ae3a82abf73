using Disguise.Host.Experiments.Addresses;

namespace Disguise.Host.Experiments;

/// <summary>The kinds of fault that an experiment may name.</summary>
public sealed class FaultCatalog
{
    /// <summary>A catalog of kinds.</summary>
    /// <exception cref="ArgumentException">
    /// Two kinds of one name, or a name that is none.
    /// </exception>
    public FaultCatalog(params IReadOnlyList<FaultKind> kinds)
    {
        if (
            kinds.DistinctBy(kind => kind.Name).Count() != kinds.Count
            || kinds.Any(kind => !Address.IsName(kind.Name))
        )
            throw new ArgumentException("each kind needs a name of its own", nameof(kinds));
        Kinds = [.. kinds];
    }

    /// <summary>The faults of this program.</summary>
    public static FaultCatalog Default { get; } =
        new(
            new FaultKind(
                "link-down",
                [
                    ThingKind.VirtualFunction,
                    ThingKind.Nic,
                    ThingKind.MachineLink,
                    ThingKind.ClientLink,
                ],
                "no frame passes, either way, and each is counted as dropped"
            )
        );

    /// <summary>All kinds.</summary>
    public IReadOnlyList<FaultKind> Kinds { get; }

    /// <summary>A kind by its name; null if there is none.</summary>
    public FaultKind? Find(string name) => Kinds.FirstOrDefault(kind => kind.Name == name);
}
