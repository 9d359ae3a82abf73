using System.Security.Cryptography;
using System.Text;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>The rows of the Exokernel's paper, each as it was fixed before its first run.
/// </summary>
public sealed class ExokernelRowsSpecs
{
    private const string File = "experiments/exokernel/validation.yaml";

    private static readonly Suite Suite = SuiteCatalog.Load(["exokernel"]).Single();

    [Fact]
    public void The_rows_are_those_that_were_fixed_before_they_were_first_run()
    {
        var bytes = Encoding.UTF8.GetBytes(ShippedFiles.TextOf(File));

        Assert.Equal(
            "b1d7d87b89a86da806a7fdc1f2e9d168b9b5e567e6c2feb9adbfddd5caaf33d7",
            Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void Every_row_has_a_name_of_its_own_and_every_run_is_of_use()
    {
        var names = Suite.Rows.Select(row => row.Name).ToList();
        var used = Suite.Rows.SelectMany(row => row.Paths)
            .Select(path => Suite.RunOf(path).Name)
            .ToHashSet();

        Assert.Equal(names.Distinct(), names);
        Assert.Equal(Suite.Runs.Select(run => run.Name).Order(), used.Order());
    }

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
