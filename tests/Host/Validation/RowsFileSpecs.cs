using Disguise.Host.Commands;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>The rows that the emulator is held to, as they were fixed before the first run.
/// </summary>
public sealed class RowsFileSpecs
{
    private static readonly Suite Suite = SuiteCatalog.Load(["arrakis"]).Single();

    [Fact]
    public void Every_setting_of_a_run_is_one()
    {
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
