using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Microkernel.Servers;

namespace Disguise.Kernels.Tests.Microkernel.Servers;

/// <summary>Clients of one pager have parts of one backing store.</summary>
public sealed class ClientStoreSpecs
{
    [Fact]
    public void One_client_does_not_take_what_is_for_another()
    {
        var (greedy, modest) = Clients(limit: 4);

        Assert.Equal(4, Take(greedy));
        Assert.Equal(4, Take(modest));
    }

    [Fact]
    public void Without_a_limit_it_does()
    {
        var (greedy, modest) = Clients(limit: 8);

        Assert.Equal(8, Take(greedy));
        Assert.Equal(0, Take(modest));
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again_when_nobody_shares_it()
    {
        var (greedy, _) = Clients(limit: 4);
        Assert.Equal(4, Take(greedy));

        greedy.Share(0);
        greedy.Release(0);
        Assert.Equal(0, Take(greedy));
        greedy.Release(0);
        Assert.Equal(1, Take(greedy));
    }

    private static (ClientStore Greedy, ClientStore Modest) Clients(int limit)
    {
        var store = new Slots(8);
        return (new ClientStore(store, limit), new ClientStore(store, limit));
    }

    private static int Take(ClientStore store)
    {
        var taken = 0;
        while (store.TryTake(out _))
            taken++;
        return taken;
    }

    /// <summary>So many slots without bytes.</summary>
    private sealed class Slots(int count) : IBackingStore
    {
        private readonly int[] shares = new int[count];

        public long LatencyPs => 1;

        public bool TryTake(out long slot)
        {
            slot = Array.IndexOf(shares, 0);
            if (slot < 0)
                return false;
            shares[slot] = 1;
            return true;
        }

        public void Share(long slot) => shares[slot]++;

        public void Release(long slot) => shares[slot]--;

        public int SharesOf(long slot) => shares[slot];

        public void Write(long slot, ReadOnlySpan<byte> page)
        {
        }

        public void Read(long slot, Span<byte> page) => page.Clear();
    }
}
