namespace Disguise.Host.Ablations;

/// <summary>A mechanism that one architecture has on its path and another may not.</summary>
/// <param name="Name">A word for tables.</param>
/// <param name="Meaning">What it is there for.</param>
/// <param name="Costs">Names of the costs that vanish with it.</param>
internal sealed record Mechanism(string Name, string Meaning, params IReadOnlyList<string> Costs);
