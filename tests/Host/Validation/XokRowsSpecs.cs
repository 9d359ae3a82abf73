using Disguise.Host.Commands;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>The rows of Xok's paper.</summary>
public sealed class XokRowsSpecs
{
    private static readonly Suite Suite = SuiteCatalog.Load(["xok"]).Single();

    [Fact]
    public void Every_run_can_be_planned()
    {
        foreach (var plan in PlannedRun.PlanAll(Suite, new CommonOptions()))
        {
            Assert.Null(plan.Lacking);
            Assert.Equal(("xok", "pentium-pro-200"),
                (plan.Experiment!.Profile, plan.Experiment.Platform));
        }
    }

    [Fact]
    public void Nothing_is_an_input_or_an_identity() => Assert.All(
        Suite.Rows, row => Assert.True(row.Kind is RowKind.Point or RowKind.Shape));
}
