using System.Text.Json.Nodes;
using Disguise.Host.Experiments.Expectations;
using Disguise.Host.Experiments.Keys;

namespace Disguise.Host.Validation;

/// <summary>The keys of a suite's file.</summary>
internal static class SuiteKeys
{
    private const int MostTables = 1_000;
    private const int MostRows = 10_000;
    private const int MostInequalities = 1_000;

    public static readonly string[] Kinds =
        [.. Enum.GetNames<RowKind>().Select(name => name.ToLowerInvariant())];

    public static Section Tolerance { get; } = new(
        "a mapping",
        Required("identity", Experiments.Keys.Kinds.Decimal(0, 1), "in the row's unit"),
        Required("absolute", Experiments.Keys.Kinds.Ratio(), "share of the paper's value"),
        Required("ratio", Experiments.Keys.Kinds.Ratio(), "share of the paper's ratio"),
        Required("band", Experiments.Keys.Kinds.Decimal(1, 100), "factor between its ends"));

    public static Section Run { get; } = new(
        "a run",
        Required("experiment", Experiments.Keys.Kinds.Text(), "its file in the checkout"),
        Required("architecture", Experiments.Keys.Kinds.Name(), "under which it runs"),
        new Key("set", new PathMapKind("{ seed: 2 }", lists: false), "settings by path"));

    public static Section Row { get; } = new(
        "a row",
        [
            Required("row", Experiments.Keys.Kinds.Text(), "what the row shows"),
            Required("column", AnyText(), "in which column"),
            new Key("paper", Experiments.Keys.Kinds.Decimal(0, 1_000_000_000), "as printed"),
            new Key("ratio", Experiments.Keys.Kinds.Boolean(), "of two systems")
            {
                Default = "false",
            },
            new Key("value", AQuantity(), "what is emulated") { Excludes = "not-modelled" },
            new Key("low", AQuantity(), "at one end of a band"),
            new Key("high", AQuantity(), "at the other end of a band"),
            new Key("swept", Experiments.Keys.Kinds.Text(), "what a band sweeps"),
            new Key("holds", Inequalities(), "a shape") { Excludes = "not-modelled" },
            new Key("note", Experiments.Keys.Kinds.Text(), "a remark"),
            .. Shared,
        ]);

    public static Section Table { get; } = new(
        "a table",
        [
            Required("table", Experiments.Keys.Kinds.Text(), "its name in the paper"),
            Required("unit", Experiments.Keys.Kinds.Text(), "of its values"),
            Required("rows", new ListKind(Row, 1, MostRows), "its rows"),
            .. Shared,
        ]);

    public static Section Root { get; } = new(
        "a suite",
        Required("suite", Experiments.Keys.Kinds.Name(), "its name"),
        Required("title", Experiments.Keys.Kinds.Text(), "the paper"),
        Required(
            "profiles", new PathMapKind("{ arrakis: extaris }", lists: false),
            "the paper's own, by architecture"),
        Required("tolerance", Tolerance, "how close rows have to be"),
        Required("runs", new AnyMappingKind(), "runs by name"),
        Required("tables", new ListKind(Table, 1, MostTables), "the paper's tables"));

    /// <summary>What a table may say for all its rows.</summary>
    private static Key[] Shared =>
    [
        new("kind", Experiments.Keys.Kinds.Choice(Kinds), "what the row is"),
        new("mechanism", Experiments.Keys.Kinds.Text(), "suspected when it is not met"),
        new("not-modelled", Experiments.Keys.Kinds.Text(), "why nothing models it"),
    ];

    private static Key Required(string name, ValueKind kind, string description) =>
        new(name, kind, description) { Required = true };

    private static ListKind Inequalities() =>
        new(Experiments.Keys.Kinds.AnExpectation(), 1, MostInequalities);

    private static ScalarKind AnyText() => new(
        "a text of at most 4096 characters",
        text => text.Length <= 4096 && !text.Any(char.IsControl) ? text : null,
        () => new JsonObject { ["type"] = "string" });

    private static ScalarKind AQuantity() => new(
        Quantity.Form,
        text => Reading(text).Quantity,
        () => new JsonObject { ["type"] = "string" })
    {
        Hint = text => Reading(text).Problem,
    };

    private static (Quantity? Quantity, string? Problem) Reading(string text)
    {
        try
        {
            return (Quantity.Parse(text), null);
        }
        catch (FormatException problem)
        {
            return (null, problem.Message);
        }
    }
}
