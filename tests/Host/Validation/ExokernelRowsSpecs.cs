using Disguise.Host.Commands;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>The rows of the Exokernel's paper; their file says which were fixed before the first
/// run and what was changed later.</summary>
public sealed class ExokernelRowsSpecs
{
    private static readonly Suite Suite = SuiteCatalog.Load(["exokernel"]).Single();

    [Fact]
    public void Every_run_can_be_planned()
    {
        foreach (var plan in PlannedRun.PlanAll(Suite, new CommonOptions()))
        {
            Assert.Null(plan.Lacking);
            var experiment = plan.Experiment!;
            Assert.Equal([plan.Run.Architecture], experiment.Architectures);
            Assert.Equal(Suite.Profiles[plan.Run.Architecture], experiment.Profile);
            Assert.StartsWith("decstation-", experiment.Platform);
        }
    }

    [Fact]
    public void What_no_cost_of_the_profiles_was_made_from_is_no_input() => Assert.All(
        Suite.Rows.Where(row => row.Row is
            "exception, unaligned access" or "exception, coprocessor"),
        row => Assert.Equal(RowKind.Point, row.Kind));

    [Fact]
    public void Only_the_look_up_of_a_page_is_an_identity_and_inputs_are_primitives()
    {
        Assert.All(
            Suite.Rows.Where(row => row.Kind == RowKind.Identity),
            row => Assert.Equal("dirty", row.Row));
        string[] composed = ["appel1", "appel2", "lrpc", "pipe", "round trip of 60 bytes"];
        Assert.All(
            Suite.Rows.Where(row => composed.Contains(row.Row)),
            row => Assert.Equal(RowKind.Point, row.Kind));
    }
}
