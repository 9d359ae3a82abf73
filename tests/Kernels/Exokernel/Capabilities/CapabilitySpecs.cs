using Disguise.Kernels.Exokernel.Capabilities;

namespace Disguise.Kernels.Tests.Exokernel.Capabilities;

public sealed class CapabilitySpecs
{
    [Fact]
    public void It_is_eight_bytes_of_permissions_length_and_name()
    {
        Capability capability = Capability.Of(CapabilityPermissions.Write, 0xab, 0xcd);
        Assert.Equal(0xabcd_0000_0000_0029UL, capability.Word);
        Assert.Equal(2, capability.Length);
        Assert.Equal(CapabilityPermissions.Write, capability.Permissions);
        Assert.Equal("/abcd:1", capability.ToString());
        Assert.Throws<InvalidOperationException>(
            () => Capability.Of(CapabilityPermissions.All, new byte[8]));
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(0x0100_0000_0000_000fUL)]
    [InlineData(0x00ab_0000_0000_0019UL)]
    [InlineData(0x0000_0000_0000_008fUL)]
    [InlineData(0x0000_0000_0000_0007UL)]
    public void A_word_in_another_layout_is_none(ulong word)
    {
        Assert.False(new Capability(word).IsValid);
        Assert.False(Capability.Root.Dominates(new Capability(word)));
        Assert.False(new Capability(word).Dominates(new Capability(word)));
    }

    [Fact]
    public void The_empty_name_dominates_every_name()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 1000; trial++)
        {
            Capability any = RandomCapability(random);
            Assert.True(Capability.Root.Dominates(any));
            Assert.Equal(any == Capability.Root, any.Dominates(Capability.Root));
        }
    }

    [Fact]
    public void A_name_dominates_what_begins_with_it_if_it_has_the_permissions()
    {
        Capability parent = Capability.Of(CapabilityPermissions.Write, 1, 2);
        Assert.True(parent.Dominates(Capability.Of(CapabilityPermissions.Write, 1, 2)));
        Assert.True(parent.Dominates(Capability.Of(CapabilityPermissions.Read, 1, 2, 3)));
        Assert.False(parent.Dominates(Capability.Of(CapabilityPermissions.Modify, 1, 2, 3)));
        Assert.False(parent.Dominates(Capability.Of(CapabilityPermissions.Read, 1)));
        Assert.False(parent.Dominates(Capability.Of(CapabilityPermissions.Read, 1, 3)));
        Assert.True(parent.Dominates(
            Capability.Of(CapabilityPermissions.Read, 1, 2, 0, 0, 0, 0, 0)));
    }

    [Fact]
    public void Domination_is_an_order()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            var random = new Random(seed);
            Capability[] some = [.. Enumerable.Range(0, 8).Select(_ => RandomCapability(random))];
            foreach (Capability a in some)
            {
                Assert.True(a.IsValid);
                Assert.True(a.Dominates(a));
                Capability below = a.Below((byte)random.Next(3), a.Permissions);
                Assert.Equal(a.Length < Capability.NameLimit, a.Dominates(below));
                Assert.False(below.Dominates(a));
                foreach (Capability b in some)
                {
                    Assert.True(!a.Dominates(b) || !b.Dominates(a) || a == b);
                    Assert.All(some, c => Assert.True(
                        !a.Dominates(b) || !b.Dominates(c) || a.Dominates(c)));
                }
            }
        }
    }

    [Fact]
    public void No_environment_can_open_what_another_or_an_earlier_one_had()
    {
        Capability[] firsts =
        [
            .. from slot in (int[])[0, 1, 512, 1023]
               from life in (uint[])[0, 1, 77, Capability.GenerationLimit - 1]
               select Capability.OfEnvironment(slot, life),
        ];
        foreach (Capability one in firsts)
        {
            Assert.All(firsts, other => Assert.Equal(one == other, one.Dominates(other)));
            Assert.Equal(4, one.Length);
        }

        Assert.Throws<InvalidOperationException>(() => Capability.OfEnvironment(1024, 0));
        Assert.Throws<InvalidOperationException>(
            () => Capability.OfEnvironment(0, Capability.GenerationLimit));
    }

    internal static Capability RandomCapability(Random random)
    {
        byte[] name = [.. Enumerable.Range(0, random.Next(8)).Select(_ => (byte)random.Next(3))];
        return Capability.Of((CapabilityPermissions)random.Next(8), name);
    }
}
