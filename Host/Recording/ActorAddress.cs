using Disguise.Actors.Dispatch;
using Disguise.Actors.Islands;

namespace Disguise.Host.Recording;

/// <summary>The address of an actor as an experiment writes it.</summary>
public static class ActorAddress
{
    /// <summary>
    /// The address of whoever a crossing names on an island; a number for an actor that stopped so
    /// long ago that the island has forgotten it.
    /// </summary>
    public static string Of(Island island, int identity) =>
        identity == IslandActorRefs.Nobody ? island.Name
        : identity >= IslandActorRefs.PortBase
            ? $"{island.Name}.wire[{identity - IslandActorRefs.PortBase}]"
            : island.ActorAt(identity) is { } actor ? Of(actor)
        : $"{island.Name}.actor[{identity}]";

    /// <summary>
    /// <c>/islands/server(2)/nic/vf(7)</c> is <c>server[2].nic.vf[7]</c>.
    /// </summary>
    public static string Of(IslandActorRef actor)
    {
        var path = actor.Path.ToStringWithoutAddress();
        var start = path.IndexOf("islands/", StringComparison.Ordinal);
        var names = start < 0 ? path.TrimStart('/') : path[(start + "islands/".Length)..];
        return names.Replace('/', '.').Replace('(', '[').Replace(')', ']');
    }
}
