namespace Disguise.Host.Experiments;

/// <summary>Coming and going of tenants.</summary>
/// <param name="StartPs">When the group's first tenants start, from the start of measuring.</param>
/// <param name="ArrivalsPerSecond">New tenants a second of the whole group; null for none.</param>
/// <param name="LifetimePs">How long a tenant lives; null for ever.</param>
public sealed record Churn(long StartPs, decimal? ArrivalsPerSecond, long? LifetimePs);
