namespace Disguise.Host.Results;

/// <summary>
/// The way from one architecture to another, mechanism by mechanism. For both measures, exactly:
/// <see cref="From"/> less the mechanisms' means is <see cref="AllRemoved"/>, and that less the
/// rest is <see cref="To"/> (operations a second: plus).
/// </summary>
public sealed record AblationResult
{
    /// <summary>The side whose mechanisms are removed, such as <c>monolithic</c>.</summary>
    public required string FromName { get; init; }

    /// <summary>The side it is held against, such as <c>arrakis:native</c>.</summary>
    public required string ToName { get; init; }

    /// <summary>The first side as it is.</summary>
    public required AblationValues From { get; init; }

    /// <summary>What the mechanisms are worth, in the order of the table of mechanisms.</summary>
    public required IReadOnlyList<MechanismWorth> Mechanisms { get; init; }

    /// <summary>The first side without any of the mechanisms.</summary>
    public required AblationValues AllRemoved { get; init; }

    /// <summary>What remains: latency that falls and operations a second that come on top.
    /// </summary>
    public required AblationValues Rest { get; init; }

    /// <summary>
    /// Costs of the rest, charged on the first side's path and no mechanism's, by name.
    /// </summary>
    public required IReadOnlyList<string> RestCosts { get; init; }

    /// <summary>The second side.</summary>
    public required AblationValues To { get; init; }

    /// <summary>Orders of removal that the worths are means over.</summary>
    public required long Orders { get; init; }

    /// <summary>Every subset of the mechanisms, removed.</summary>
    public required IReadOnlyList<AblationSubset> Subsets { get; init; }
}
