using Akka.Actor;
using Disguise.Actors.Islands;

namespace Disguise.Host.Composition;

/// <summary>In place of a tenant that could not be placed: it ends at once.</summary>
internal sealed class AbsentTenantActor : EmulatedActor
{
    /// <inheritdoc/>
    protected override void PreStart() => Context.Stop(Self);

    /// <inheritdoc/>
    protected override void OnReceive(object message) => Unhandled(message);
}
