namespace Disguise.Host.Experiments;

/// <summary>A link named in <c>links:</c>, between two of machines, clients and switches.</summary>
/// <param name="From">Name of one end.</param>
/// <param name="To">Name of the other.</param>
/// <param name="Quality">What it does to a frame.</param>
public sealed record LinkSettings(string From, string To, LinkQuality Quality);
