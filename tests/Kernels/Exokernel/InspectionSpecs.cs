using Disguise.Actors.Time;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Inspection;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Predicates;
using Disguise.Kernels.Tests.Exokernel.Scenes;

namespace Disguise.Kernels.Tests.Exokernel;

/// <summary>What an Exokernel shows of what it keeps.</summary>
public sealed class InspectionSpecs
{
    [Fact]
    public void A_sleeper_shows_the_words_that_it_waits_for()
    {
        long frame = 0;
        using var scene = new ExokernelScene()
            .With("sleeper", async environment =>
            {
                frame = await environment.TakeFrame();
                await environment.SleepFor(
                    WakeupPredicate.Of(
                        PredicateOperand.Word(Frame.AddressOf(frame) + 8, 0),
                        PredicateOperator.Equal, PredicateOperand.Number(7)),
                    Picoseconds.PerSecond);
            })
            .Start()
            .Run(2);

        Assert.Equal(
            ["server.sleeper slice[0] core 0 ticks 1",
                $"server.sleeper predicate[0] products 1 words 0x{Frame.AddressOf(frame) + 8:x}"],
            scene.Kernel.Inspected.Bindings!.Select(entry => entry.ToString()));
    }

    [Fact]
    public void A_page_says_who_opens_it()
    {
        using var scene = new ExokernelScene()
            .With("owner", async environment =>
            {
                var frame = await environment.TakeFrame();
                await environment.Call(new MemoryCall.ChangeList(
                    frame, 0, 1,
                    Capability.OfEnvironment(1, 0).With(CapabilityPermissions.Read)));
                await environment.Compute();
            })
            .With("reader", environment => environment.Compute())
            .Start()
            .Run(1);

        var page = scene.Kernel.Inspected.Capabilities!.First(entry =>
            entry.Kind == "frame" && entry.ToString().Contains("data"));

        Assert.EndsWith(
            "use data read /00000000,/00400000 write /00000000 generation 1", page.ToString());
    }

    [Fact]
    public void Entries_in_a_row_are_on_one_line_and_others_are_not()
    {
        InspectedEntry Page(string address, long number, long at, string rights) => new(
            address, "page", number, InspectedField.OfAddress("physical", at),
            InspectedField.Of("rights", rights));
        var first = Page("server.echo", 5, 0x1000, "user");

        Assert.True(first.IsFollowedBy(Page("server.echo", 7, 0x3000, "user"), 2));
        Assert.Equal("server.echo page[5..7] physical 0x1000 rights user", first.ToString(3));
        foreach (var other in (InspectedEntry[])
        [
            Page("server.other", 6, 0x2000, "user"), Page("server.echo", 7, 0x2000, "user"),
            Page("server.echo", 6, 0x3000, "user"), Page("server.echo", 6, 0x2000, "none"),
            new("server.echo", "page", 6, InspectedField.OfAddress("physical", 0x2000)),
        ])
            Assert.False(first.IsFollowedBy(other, 1), other.ToString());
    }
}
