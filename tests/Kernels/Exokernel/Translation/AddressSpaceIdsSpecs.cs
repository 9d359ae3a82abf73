using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.Translation;

public sealed class AddressSpaceIdsSpecs
{
    [Fact]
    public void The_one_out_of_force_the_longest_loses_its_tag_and_is_not_told()
    {
        var ids = new AddressSpaceIds(3, 10, 1);
        for (int environment = 0; environment < 3; environment++)
            Assert.False(ids.Enter(environment, 0, out _));
        Assert.False(ids.Enter(0, 0, out AddressSpaceId ofFirst));
        Assert.Equal(new AddressSpaceId(1), ofFirst);
        Assert.True(ids.Enter(7, 0, out AddressSpaceId taken));
        Assert.Equal(new AddressSpaceId(2), taken);
        Assert.Null(ids.Of(1));
        Assert.True(ids.Enter(1, 0, out taken));
        Assert.Equal(new AddressSpaceId(3), taken);
        Assert.Equal(2, ids.RevokedCount);
    }

    [Fact]
    public void Whoever_is_in_force_on_another_core_keeps_its_tag()
    {
        var ids = new AddressSpaceIds(3, 10, 2);
        ids.Enter(0, 0, out _);
        ids.Enter(1, 1, out _);
        ids.Enter(2, 1, out _);
        Assert.True(ids.Enter(3, 1, out _));
        Assert.NotNull(ids.Of(0));
        Assert.Null(ids.Of(1));
        ids.Leave(0);
        ids.Enter(4, 1, out _);
        Assert.Null(ids.Of(0));
        Assert.Throws<InvalidOperationException>(() => new AddressSpaceIds(2, 10, 2));
    }

    [Fact]
    public void An_ended_environments_tag_is_free_and_to_be_forgotten()
    {
        var ids = new AddressSpaceIds(2, 10, 1);
        ids.Enter(0, 0, out AddressSpaceId held);
        Assert.Equal(held, ids.End(0));
        Assert.Null(ids.End(0));
        Assert.False(ids.Enter(5, 0, out AddressSpaceId next));
        Assert.Equal(held, next);
    }

    [Fact]
    public void No_two_environments_ever_share_a_tag_that_was_not_flushed_between()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            var ids = new AddressSpaceIds(8, 30, 3);
            var running = new int[] { -1, -1, -1 };
            var lastHolder = new Dictionary<AddressSpaceId, int>();
            for (int step = 0; step < 100; step++)
            {
                int core = random.Next(3);
                int environment = random.Next(30);
                if (random.Next(8) == 0 && !running.Contains(environment))
                {
                    if (ids.End(environment) is { } ended)
                        lastHolder.Remove(ended);
                    continue;
                }

                if (running.Contains(environment))
                    continue;
                bool mustFlush = ids.Enter(environment, core, out AddressSpaceId id);
                running[core] = environment;
                Assert.InRange(id.Value, 1, 8);
                bool isForeign = lastHolder.TryGetValue(id, out int last) && last != environment;
                Assert.Equal(isForeign, mustFlush);
                lastHolder[id] = environment;
                Assert.All(
                    running.Where(other => other >= 0), other => Assert.NotNull(ids.Of(other)));
                AddressSpaceId[] held =
                    [.. Enumerable.Range(0, 30).Select(ids.Of).OfType<AddressSpaceId>()];
                Assert.Equal(held.Length, held.Distinct().Count());
            }
        }
    }
}
