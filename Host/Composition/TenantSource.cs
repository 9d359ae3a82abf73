using Disguise.Actors.Dispatch;

namespace Disguise.Host.Composition;

/// <summary>The source of a tenant group that comes and goes, on one machine.</summary>
/// <param name="Actor">The source's actor.</param>
/// <param name="StartPs">When it begins, from the start of measuring.</param>
internal sealed record TenantSource(IslandActorRef Actor, long StartPs);
