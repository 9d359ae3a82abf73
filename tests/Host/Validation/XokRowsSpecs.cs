using System.Security.Cryptography;
using System.Text;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>The rows of Xok's paper.</summary>
public sealed class XokRowsSpecs
{
    private const string File = "experiments/xok/validation.yaml";

    private static readonly Suite Suite = SuiteCatalog.Load(["xok"]).Single();

    [Fact]
    public void The_file_of_the_rows_has_the_bytes_that_are_pinned_here()
    {
        var bytes = Encoding.UTF8.GetBytes(ShippedFiles.TextOf(File));

        Assert.Equal(
            "edddf9e061956b1e5e8356fd407fa82000baa5f1100ce9d733d554e530428cb2",
            Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void Every_run_can_be_planned_and_is_of_use()
    {
        var used = Suite.Rows.SelectMany(row => row.Paths)
            .Select(path => Suite.RunOf(path).Name)
            .ToHashSet();

        Assert.Equal(Suite.Runs.Select(run => run.Name).Order(), used.Order());
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
