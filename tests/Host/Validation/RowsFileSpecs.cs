using System.Security.Cryptography;
using System.Text;
using Disguise.Host.Commands;
using Disguise.Host.Experiments;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>The rows that the emulator is held to, as they were fixed before the first run.
/// </summary>
public sealed class RowsFileSpecs
{
    private const string File = "experiments/arrakis/validation.yaml";

    private static readonly Suite Suite = SuiteCatalog.Load(["arrakis"]).Single();

    [Fact]
    public void The_rows_are_those_that_were_fixed_before_the_first_run()
    {
        var bytes = Encoding.UTF8.GetBytes(ShippedFiles.TextOf(File));

        Assert.Equal(
            "3e0b4ac7e3ae253f81ce2af6c1313d82e95109fca2869c007c505d088dc78c63",
            Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void Every_row_has_a_name_of_its_own()
    {
        var names = Suite.Rows.Select(row => row.Name).ToList();

        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public void Every_run_is_of_use_and_every_setting_is_one()
    {
        var used = Suite.Rows.SelectMany(row => row.Paths)
            .Select(path => Suite.RunOf(path).Name)
            .ToHashSet();

        Assert.Equal(Suite.Runs.Select(run => run.Name).Order(), used.Order());
        foreach (var plan in PlannedRun.PlanAll(Suite, new CommonOptions()))
        {
            if (plan.Experiment is not { } experiment)
                continue;
            Assert.Equal([plan.Run.Architecture], experiment.Architectures);
            Assert.Equal(Suite.Profiles[plan.Run.Architecture], experiment.Profile);
        }
    }

    [Fact]
    public void Table_1_stands_there_by_column_and_its_items_add_up()
    {
        var table = Suite.Rows.Where(row => row.Table == "Table I").ToList();

        Assert.All(table, row => Assert.Equal(RowKind.Identity, row.Kind));
        foreach (var column in table.GroupBy(row => row.Column))
        {
            var items = column.Where(row => row.Row != "total").Sum(row => row.Paper!.Value);
            Assert.Equal(column.Single(row => row.Row == "total").Paper!.Value, items, 0.0051);
        }

        Assert.Equal(4, table.GroupBy(row => row.Column).Count());
        Assert.Equal(8, table.GroupBy(row => row.Row).Count());
    }

    [Fact]
    public void Figure_7_is_swept_over_all_its_work_on_all_its_systems()
    {
        var systems = new[] { "Linux", "Arrakis/P", "Arrakis/N", "driver echo" };
        var figure = Suite.Rows.Where(row => row.Table == "Fig. 7").ToList();

        foreach (var system in systems)
        {
            Assert.Equal(
                [0, 1, 2, 4, 8, 16, 32, 64],
                figure.Where(row => row.Row == system)
                    .Select(row => int.Parse(row.Column.Split(' ')[0]))
                    .Order());
        }

        Assert.Equal(
            [("Linux", 273), ("Arrakis/P", 624), ("Arrakis/N", 1063)],
            figure.Where(row => row.Paper is not null && row.Kind == RowKind.Point)
                .Select(row => (row.Row, (int)row.Paper!)));
    }
}
