using Disguise.Actors.Ledgers;
using Disguise.Host.Ablations;
using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Running;
using Disguise.Host.Tests.Runs;

namespace Disguise.Host.Tests.Ablations;

/// <summary>The table of mechanisms against the costs that there are and that are charged.
/// </summary>
public sealed class MechanismsSpecs
{
    public static TheoryData<string> Sides =>
        [.. Architectures.All.SelectMany(architecture => architecture.Interfaces.Select(
            known => $"{architecture.Name}:{known.ToString().ToLowerInvariant()}"))];

    [Fact]
    public void Every_cost_stands_in_the_table_once_and_no_other_does()
    {
        var known = CostBook.Load(SmallWorld.Read()).Keys.Select(key => key.Name);
        var named = Mechanisms.All.SelectMany(mechanism => mechanism.Costs)
            .Concat(Mechanisms.Rest);

        Assert.Equal(known.Order(), named.Order());
        Assert.Equal(
            ["bypass", "copy", "demultiplexing", "wake-up", "locks"],
            Mechanisms.All.Select(mechanism => mechanism.Name));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Every_cost_that_is_charged_on_a_path_belongs_to_one_mechanism_or_the_rest(
        string name)
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        var run = SideRun.Of(
            Side.Read(file, new CommonOptions(), "--from", name),
            new Dictionary<CostKey, long>(), SmallWorld.Silent)!;

        Assert.NotEmpty(run.Charged());
        Assert.All(run.Charged(), cost => Assert.True(
            Mechanisms.All.Count(mechanism => mechanism.Costs.Contains(cost))
                + Mechanisms.Rest.Count(rest => rest == cost) == 1,
            $"{cost} is charged under {name} and belongs to no mechanism"));
    }
}
