using Disguise.Hardware.Network;

namespace Disguise.LibOS.Tests.Worlds;

/// <summary>The packet counters of all components of a world.</summary>
internal static class WorldCounters
{
    public static IEnumerable<(string Address, PacketCounters Counters)> Of(TenantWorld world)
    {
        for (var index = 0; index < world.Links.Count; index++)
            yield return ($"link {index}", world.Links[index].Counters);
        yield return ("switch", world.Switch.Counters);
        yield return ("nic", world.Card.Counters);
        yield return ("functions", world.Card.FunctionCounters);
        foreach (var library in world.Libraries)
        {
            if (library.Network is { } network)
                yield return ("stack", network.Stack.Counters);
        }
    }

    /// <summary>
    /// In every component, packets in = delivered + dropped by reason + still inside; with
    /// nothing inside where the world has come to rest. What one sends the next receives.
    /// </summary>
    public static void Check(TenantWorld world, bool isAtRest)
    {
        foreach (var (address, counters) in Of(world))
        {
            Assert.Equal(
                counters.Dropped, counters.DroppedByReason().Sum(dropped => dropped.Count));
            Assert.True(counters.Inside >= 0, $"{address}: {counters.Inside} inside");
            if (isAtRest)
                Assert.True(counters.Inside == 0, $"{address}: {counters.Inside} inside");
        }

        if (!isAtRest)
            return;
        var toSwitch = world.Links.Where((_, index) => index % 2 == 0);
        var fromSwitch = world.Links.Where((_, index) => index % 2 == 1);
        Assert.Equal(
            toSwitch.Sum(link => link.Counters.Sent), world.Switch.Counters.Received);
        Assert.Equal(
            world.Switch.Counters.Sent, fromSwitch.Sum(link => link.Counters.Received));
        foreach (var island in world.Islands)
            Assert.True(island.Frames.Count == 0, $"{island.Name}: {island.Frames.Count} frames");
    }

    /// <summary>The names of the reasons that occurred.</summary>
    public static IEnumerable<string> DropsOf(TenantWorld world) => Of(world)
        .SelectMany(one => one.Counters.DroppedByReason())
        .Select(dropped => dropped.Reason.Name)
        .Distinct();
}
