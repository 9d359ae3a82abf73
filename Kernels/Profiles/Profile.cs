using Disguise.Actors.Ledgers;

namespace Disguise.Kernels.Profiles;

/// <summary>A code base as numbers: what it spends on top of the hardware, item by item.
/// </summary>
/// <param name="Name">The name: that of its file.</param>
/// <param name="Description">One line for people.</param>
/// <param name="Costs">The costs, by name.</param>
public sealed record Profile(string Name, string Description, IReadOnlyList<SourcedCost> Costs)
{
    /// <summary>How it cuts processor time into slices; null where it does not say.</summary>
    public TimeSlices? Slices { get; init; }

    /// <summary>
    /// Enters all costs into a table that has the platform's already: what is given in
    /// instructions becomes time by the platform's time of one.
    /// </summary>
    public void Fill(CostTable table)
    {
        foreach (var cost in Costs)
            table.Enter(cost);
    }
}
