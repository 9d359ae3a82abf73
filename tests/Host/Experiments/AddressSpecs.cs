using CsCheck;
using Disguise.Host.Experiments.Addresses;
using Xunit;

namespace Disguise.Host.Tests.Experiments;

public sealed class AddressSpecs
{
    private static readonly Gen<AddressSelector> Selectors = Gen.OneOf<AddressSelector>(
        Gen.Const(AddressSelector.None),
        Gen.Const(AddressSelector.All),
        Gen.Int[0, 999_999].Select(AddressSelector.One),
        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 999])
            .Select((first, more) => AddressSelector.Range(first, first + more))
    );

    private static readonly Gen<AddressSegment> Segments = Gen.Select(
        Gen.Char["abcxyz"],
        Gen.String[Gen.Char["abcxyz0189-"], 0, 8],
        Selectors,
        (first, rest, selector) => new AddressSegment(first + rest, selector)
    );

    private static readonly Gen<Address> Addresses = Gen.Select(
        Segments.Array[1, Address.MostSegments],
        Gen.Int[0, 10_000],
        (segments, share) =>
            share == 0 ? Address.Of(segments) : Address.Of(segments).DrawnShare(share / 100m)
    );

    [Fact]
    public void A_printed_address_reads_back_as_itself() =>
        Addresses.Sample(address =>
            Address.TryParse(address.ToString(), out var read)
            && read.Equals(address)
            && read.ToString() == address.ToString()
        );

    [Fact]
    public void Any_text_is_an_address_that_prints_as_itself_or_none() =>
        Gen.String[Gen.Char["ab.[]0123*%- of"], 0, 24]
            .Sample(
                text =>
                {
                    if (Address.TryParse(text, out var address))
                        Assert.True(
                            Address.TryParse(address.ToString(), out var again)
                                && again.Equals(address)
                        );
                },
                iter: 20_000
            );

    [Theory]
    [InlineData("server[2].nic.vf[7]", "server(2)/nic/vf(7)")]
    [InlineData("server.echo[3]", "server/echo(3)")]
    [InlineData("server.kernel", "server/kernel")]
    [InlineData("server.core[0]", "server/core(0)")]
    [InlineData("load[4]", "load(4)")]
    public void An_actor_s_path_has_parentheses(string text, string path)
    {
        Assert.True(Address.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
        Assert.Equal(path, address.ToActorPath());
    }

    [Theory]
    [InlineData("load[*]")]
    [InlineData("load[0..9]")]
    [InlineData("10% of server.echo")]
    public void Several_things_have_no_actor_s_path(string text)
    {
        Assert.True(Address.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
        Assert.Throws<InvalidOperationException>(address.ToActorPath);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Server")]
    [InlineData("server.")]
    [InlineData(".echo")]
    [InlineData("server..echo")]
    [InlineData("server[")]
    [InlineData("server[]")]
    [InlineData("server[-1]")]
    [InlineData("server[01]")]
    [InlineData("server[3..2]")]
    [InlineData("server[1...2]")]
    [InlineData("server[1]x")]
    [InlineData("server[1][2]")]
    [InlineData("server[9999999999]")]
    [InlineData("a.b.c.d.e")]
    [InlineData("0% of server")]
    [InlineData("101% of server")]
    [InlineData("% of server")]
    public void What_is_no_address_is_refused(string text) =>
        Assert.False(Address.TryParse(text, out _));
}
