using Disguise.Kernels.Capabilities;
using Xunit;

namespace Disguise.Kernels.Tests.Capabilities;

public sealed class HandleTagsSpecs
{
    [Fact]
    public void The_hash_is_siphash_by_its_published_vector()
    {
        // The authors' vector for the message 00 01 .. 07 under the key 00 01 .. 0f.
        var tags = new HandleTags(0x0706050403020100, 0x0f0e0d0c0b0a0908);
        Assert.Equal(0x93f5f5799a932462, tags.Hash(0x0706050403020100));
    }

    [Fact]
    public void Tags_differ_by_grant_and_by_key_and_fit_a_handle()
    {
        var tags = new HandleTags(1, 2);
        var others = new HandleTags(1, 3);
        ulong[] drawn = [.. Enumerable.Range(0, 1000).Select(grant => tags.Of(grant))];
        Assert.Equal(1000, drawn.Distinct().Count());
        Assert.All(drawn, tag => Assert.InRange(tag, 1UL, (1UL << Handle.TagBits) - 1));
        Assert.NotEqual(tags.Of(1), others.Of(1));
        Assert.Throws<InvalidOperationException>(() => Handle.Of(1 << Handle.SlotBits, 1));
    }
}
