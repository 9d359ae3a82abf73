namespace Disguise.Host.Commands;

/// <summary>What <c>ablate</c> was asked.</summary>
/// <param name="Common">The options that every verb takes.</param>
/// <param name="File">The experiment file.</param>
/// <param name="From">The side whose mechanisms are removed: architecture[:interface].</param>
/// <param name="To">The side that it is held against.</param>
/// <param name="Crossover">Which primitive must move instead of what mechanisms are worth.
/// </param>
public sealed record AblateOptions(
    CommonOptions Common, string File, string From, string To, bool Crossover)
{
    /// <summary>The side that mechanisms are removed from when nobody says.</summary>
    public const string DefaultFrom = "monolithic";

    /// <summary>The side that it is held against when nobody says.</summary>
    public const string DefaultTo = "arrakis:native";
}
