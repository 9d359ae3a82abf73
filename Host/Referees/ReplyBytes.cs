using Disguise.Host.Composition;

namespace Disguise.Host.Referees;

/// <summary>Every reply that a client got holds the bytes that it sent.</summary>
internal static class ReplyBytes
{
    public static long Check(World world, List<string> findings)
    {
        var replies = 0L;
        foreach (var client in world.Clients)
        {
            if (client.Load is not { } load)
                continue;
            replies += load.Counters.Received;
            if (load.Counters.Wrong > 0)
                findings.Add($"{client.Address}: {load.Counters.Wrong} replies with other bytes");
        }

        return replies;
    }
}
