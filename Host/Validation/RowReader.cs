using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Expectations;
using Disguise.Host.Experiments.Keys;

namespace Disguise.Host.Validation;

/// <summary>Makes one row of a suite, and checks that its parts fit together.</summary>
internal sealed class RowReader(
    SectionValues table, SectionValues row, IReadOnlyList<SuiteRun> runs)
{
    public SuiteRow Read()
    {
        var kindName = Inherited("kind") ?? throw row.Error(
            "row", "neither the row nor its table has a kind",
            string.Join(", ", SuiteKeys.Kinds));
        var read = new SuiteRow
        {
            Table = table.Get<string>("table"),
            Unit = table.Get<string>("unit"),
            Row = row.Get<string>("row"),
            Column = row.Get<string>("column"),
            Kind = Enum.Parse<RowKind>(kindName, ignoreCase: true),
            Paper = (double?)row.FindValue<decimal>("paper"),
            IsRatio = row.Get<bool>("ratio"),
            Value = row.Find<Quantity>("value"),
            Low = row.Find<Quantity>("low"),
            High = row.Find<Quantity>("high"),
            Swept = row.Find<string>("swept"),
            Holds = row.List<Expectation>("holds"),
            Mechanism = Inherited("mechanism"),
            NotModelled = Inherited("not-modelled"),
            Note = row.Find<string>("note"),
        };
        Check(read);
        return read;
    }

    private string? Inherited(string key) => row.Find<string>(key) ?? table.Find<string>(key);

    private void Check(SuiteRow read)
    {
        if (read.NotModelled is not null)
        {
            Refuse(read.Paths.Any(), "is not modelled and has a value", "one of them");
            return;
        }

        var isShape = read.Kind == RowKind.Shape;
        Refuse(
            isShape == (read.Holds.Count == 0), $"is of kind {read.Kind} without what it needs",
            "holds for a shape, value for any other, or not-modelled");
        Refuse(
            !isShape && read.Value is null, "has no value", "value, or not-modelled");
        var isBand = read.Kind == RowKind.Band;
        Refuse(
            isBand != (read.Low is not null && read.High is not null && read.Swept is not null),
            "has a band's ends, or lacks them", "low, high and swept for a band alone");
        Refuse(
            read.Kind is RowKind.Identity or RowKind.Input && read.Paper is null,
            "has no paper's value", "paper");
        Refuse(
            read.Mechanism is null && read.Paper is not null && read.Kind != RowKind.Input,
            "has no mechanism to suspect", "mechanism");
        foreach (var path in read.Paths)
            CheckPath(path);
    }

    private void CheckPath(string path)
    {
        var name = path.Split('.')[0];
        if (!runs.Any(run => run.Name == name))
        {
            throw row.Error(
                "row", $"{ExperimentError.Show(path)} begins with no run's name, did you mean "
                + Nearest.To(name, runs.Select(run => run.Name)),
                "a run and a path into its result");
        }

        if (LedgerItems.IsPath(path, out var item) && !LedgerItems.Names.Contains(item))
        {
            throw row.Error(
                "row", $"no item {ExperimentError.Show(item)} of the ledger",
                string.Join(", ", LedgerItems.Names));
        }
    }

    private void Refuse(bool isWrong, string what, string allowed)
    {
        if (isWrong)
            throw row.Error("row", what, allowed);
    }
}
