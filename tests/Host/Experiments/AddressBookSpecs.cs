using CsCheck;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Xunit;

namespace Disguise.Host.Tests.Experiments;

public sealed class AddressBookSpecs
{
    private static readonly AddressBook Book = ExperimentReader
        .ReadText("f.yaml", ExperimentFiles.Small)
        .Addresses;

    [Theory]
    [InlineData("server[2]", 1)]
    [InlineData("server[*]", 3)]
    [InlineData("server[1].echo[0..3]", 4)]
    [InlineData("server[*].echo[*]", 15)]
    [InlineData("server[*].sink[*]", 7)]
    [InlineData("server[0].nic.vf[63]", 1)]
    [InlineData("server[0..1].core[*]", 8)]
    [InlineData("server[2].kernel", 1)]
    [InlineData("server[*].link", 3)]
    [InlineData("load[14]", 1)]
    [InlineData("load[*].link", 15)]
    [InlineData("switch", 1)]
    [InlineData("20% of server.echo", 3)]
    [InlineData("1% of server.echo", 1)]
    [InlineData("100% of server.echo", 15)]
    public void An_address_names_so_many_things(string text, int things)
    {
        var resolved = Book.Resolve(Parse(text), 1);
        Assert.Equal(things, resolved.Count);
        Assert.Equal(things, resolved.Distinct().Count());
    }

    [Fact]
    public void Everything_has_one_address_that_leads_back_to_it()
    {
        var all = new[]
        {
            "server[*]",
            "server[*].echo[*]",
            "server[*].sink[*]",
            "server[*].kernel",
            "server[*].core[*]",
            "server[*].nic",
            "server[*].nic.vf[*]",
            "server[*].link",
            "load[*]",
            "load[*].link",
            "switch",
        }
            .SelectMany(text => Book.Resolve(Parse(text), 0))
            .ToList();

        foreach (var thing in all)
            Assert.Equal([thing], Book.Resolve(Book.AddressOf(thing), 0));
        Assert.Equal(all.Count, all.Select(Book.Print).Distinct().Count());
        Assert.Equal(all.Count, all.Select(Book.ActorPath).Distinct().Count());
        foreach (var group in Book.Groups())
            Assert.NotEmpty(Book.Resolve(Parse(group), 0));
    }

    [Theory]
    [InlineData(
        "sevrer[0].echo[1]",
        "no sevrer, did you mean server; allowed: server, load, switch"
    )]
    [InlineData(
        "server[0].ehco[1]",
        "no ehco in server[0], did you mean echo; allowed: echo, sink, core"
    )]
    [InlineData("server[3].echo[1]", "no server[3]; allowed: server[0..2]")]
    [InlineData("server.echo[1]", "server is 3 things; allowed: server[0..2], server[*]")]
    [InlineData("server[0].echo[5]", "no echo[5]; allowed: echo[0..4]")]
    [InlineData("server[0].nvme", "no nvme in server[0], did you mean core; allowed: ")]
    [InlineData("server[0].nic.vg[0]", "no vg in server[0].nic, did you mean vf; allowed: vf")]
    [InlineData("server[0].kernel.core", "no core in server[0].kernel, as nothing is inside it")]
    [InlineData("load[0].nic", "no nic in load[0], did you mean link; allowed: link")]
    public void An_address_of_nothing_is_one_line_with_the_nearest(string text, string line)
    {
        var error = Assert.Throws<ExperimentError>(() => Book.Resolve(Parse(text), 1));
        Assert.StartsWith($"address {text}: {line}", error.Message);
    }

    [Fact]
    public void A_share_is_drawn_by_the_seed_alone_and_keeps_the_order()
    {
        var address = Parse("40% of server.echo");
        var all = Book.Resolve(Parse("server[*].echo[*]"), 0).ToList();
        var draws = new HashSet<string>();
        for (ulong seed = 0; seed < 200; seed++)
        {
            var drawn = Book.Resolve(address, seed);
            Assert.Equal(drawn, Book.Resolve(address, seed));
            Assert.Equal(6, drawn.Count);
            Assert.Equal(drawn.OrderBy(all.IndexOf), drawn);
            draws.Add(string.Join(',', drawn.Select(Book.Print)));
        }

        Assert.True(draws.Count > 150, $"only {draws.Count} different draws in 200");
    }

    [Fact]
    public void A_choice_without_replacement_takes_each_item_alike()
    {
        var taken = new int[10];
        for (ulong seed = 0; seed < 10_000; seed++)
            foreach (var item in new SplitMix64(seed).Choose(Enumerable.Range(0, 10).ToList(), 3))
                taken[item]++;
        Assert.All(taken, count => Assert.InRange(count, 2_800, 3_200));
    }

    [Fact]
    public void SplitMix64_gives_the_published_sequence()
    {
        var random = new SplitMix64(1234567);
        ulong[] published =
        [
            6457827717110365317,
            3203168211198807973,
            9817491932198370423,
            4593380528125082431,
            16408922859458223821,
        ];
        Assert.Equal(published, published.Select(_ => random.Next()));
    }

    [Fact]
    public void A_bounded_draw_stays_below_its_bound() =>
        Gen.Select(Gen.ULong, Gen.ULong[1, ulong.MaxValue])
            .Sample((seed, bound) => new SplitMix64(seed).Below(bound) < bound);

    private static Address Parse(string text) =>
        Address.TryParse(text, out var address) ? address : throw new ArgumentException(text);
}
