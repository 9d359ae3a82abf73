using Disguise.LibOS.Clients;

namespace Disguise.Host.Running;

/// <summary>
/// Sees when a tenant or a client is served again after something happened to it: at the first
/// reply to a request that was due after that. Islands report from several threads; who reports
/// first does not matter. Watches are added while no island runs.
/// </summary>
internal sealed class ServiceWatch
{
    private readonly Watch?[] byTenant;
    private readonly Watch?[][] byClient;

    /// <summary>Watches nothing yet.</summary>
    /// <param name="tenants">Tenants in all.</param>
    /// <param name="clients">Clients of each group.</param>
    public ServiceWatch(int tenants, IEnumerable<int> clients)
    {
        byTenant = new Watch?[tenants];
        byClient = [.. clients.Select(count => new Watch?[count])];
    }

    /// <summary>Watches a tenant from a time on.</summary>
    public Watch WatchTenant(int tenant, long fromPs) =>
        byTenant[tenant] = new Watch(fromPs, byTenant[tenant]);

    /// <summary>Watches a client from a time on.</summary>
    public Watch WatchClient(int group, int client, long fromPs) =>
        byClient[group][client] = new Watch(fromPs, byClient[group][client]);

    /// <summary>A client has had a reply from a tenant.</summary>
    public void Seen(int tenant, int group, in TimedReply reply)
    {
        if (byTenant[tenant] is { } ofTenant)
            ofTenant.Seen(reply);
        if (byClient[group][reply.Client] is { } ofClient)
            ofClient.Seen(reply);
    }

    /// <summary>One watch; those of one tenant or client are a chain.</summary>
    internal sealed class Watch(long fromPs, Watch? next)
    {
        private long firstPs = long.MaxValue;

        /// <summary>When it was served first; null if not yet.</summary>
        public long? ServedPs =>
            Volatile.Read(ref firstPs) is var timePs && timePs == long.MaxValue ? null : timePs;

        public void Seen(in TimedReply reply)
        {
            for (var watch = this; watch is not null; watch = watch.Next)
                watch.Take(reply);
        }

        private Watch? Next => next;

        private void Take(in TimedReply reply)
        {
            if (reply.DuePs < fromPs)
                return;
            var known = Volatile.Read(ref firstPs);
            while (reply.AtPs < known)
            {
                var before = Interlocked.CompareExchange(ref firstPs, reply.AtPs, known);
                if (before == known)
                    return;
                known = before;
            }
        }
    }
}
