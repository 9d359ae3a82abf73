namespace Disguise.Host.Experiments;

/// <summary>A line of <c>list</c>.</summary>
/// <param name="Name">The name, as an experiment file has it.</param>
/// <param name="Description">What it is; empty where the name says it.</param>
public sealed record Listing(string Name, string Description);
