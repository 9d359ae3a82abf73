using System.Globalization;
using System.Text.Json.Nodes;
using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Experiments.Expectations;

namespace Disguise.Host.Experiments.Keys;

/// <summary>The kinds of single values in an experiment file.</summary>
internal static class Kinds
{
    /// <summary>Longest time, a million seconds: sums of several stay below 2^63 ps.</summary>
    public const long LongestPs = 1_000_000_000_000_000_000;

    private const string Number = @"(\d+(\.\d+)?)";

    public static ScalarKind Time(long minimumPs = 0, long maximumPs = LongestPs) =>
        new(
            $"{Units.Time}, from {Units.PrintTime(minimumPs)} to {Units.PrintTime(maximumPs)}",
            text =>
                Units.TryTime(text, out var timePs) && timePs >= minimumPs && timePs <= maximumPs
                    ? timePs
                    : null,
            () => Pattern($"^{Number} ?(ps|ns|us|ms|s|min)$")
        )
        {
            Hint = WithoutUnit,
        };

    public static ScalarKind BitRate() =>
        new(
            $"{Units.BitRate}, from 1Kbps to 10000Gbps",
            text =>
                Units.TryBitRate(text, out var rate) && rate is >= 1_000 and <= 10_000_000_000_000
                    ? rate
                    : null,
            () => Pattern(BitRatePattern)
        )
        {
            Hint = WithoutUnit,
        };

    public static ScalarKind RateLimit() =>
        new(
            $"none, or {Units.BitRate}, from 1Kbps to 10000Gbps",
            text =>
                text == "none" ? NoRateLimit
                : Units.TryBitRate(text, out var rate) && rate is >= 1_000 and <= 10_000_000_000_000
                    ? rate
                : null,
            () => Pattern($"^none$|{BitRatePattern}")
        )
        {
            Hint = WithoutUnit,
            Mechanism = value => value is NoRateLimit ? null : BuiltMechanisms.RateLimit,
        };

    /// <summary>The value that stands for no rate limit.</summary>
    public const long NoRateLimit = 0;

    public static ScalarKind EventRate() =>
        new(
            $"{Units.EventRate}, above 0/s and at most 1000000000000/s",
            text =>
                Units.TryEventRate(text, out var rate)
                && rate is >= 0.000001m and <= 1_000_000_000_000m
                    ? rate
                    : null,
            () => Pattern($"^{Number}/s$")
        )
        {
            Hint = WithoutUnit,
        };

    public static ScalarKind Size(long minimumBytes, long maximumBytes) =>
        new(
            Units.Size
                + $", from {Units.PrintSize(minimumBytes)} to {Units.PrintSize(maximumBytes)}",
            text =>
                Units.TrySize(text, out var size) && size >= minimumBytes && size <= maximumBytes
                    ? size
                    : null,
            () =>
                new JsonObject
                {
                    ["type"] = Types("integer", "string"),
                    ["minimum"] = minimumBytes,
                    ["maximum"] = maximumBytes,
                    ["pattern"] = $"^{Number} ?(KiB|MiB|GiB)?$",
                }
        );

    public static ScalarKind Integer(long minimum, long maximum) =>
        new(
            $"a whole number from {minimum} to {maximum}",
            text =>
                IsWhole(text)
                && long.TryParse(text, CultureInfo.InvariantCulture, out var number)
                && number >= minimum
                && number <= maximum
                    ? number
                    : null,
            () =>
                new JsonObject
                {
                    ["type"] = "integer",
                    ["minimum"] = minimum,
                    ["maximum"] = maximum,
                }
        );

    /// <summary>A whole number from 1, or <c>all</c>: <see cref="All"/>.</summary>
    public static ScalarKind CountOrAll(long maximum) =>
        new(
            $"a whole number from 1 to {maximum}, all",
            text =>
                text == "all" ? All
                : IsWhole(text) && text.Length < 19 && long.Parse(text) is var number
                && number >= 1 && number <= maximum
                    ? number
                : null,
            () =>
                new JsonObject
                {
                    ["type"] = Types("integer", "string"),
                    ["minimum"] = 1,
                    ["maximum"] = maximum,
                    ["pattern"] = "^all$",
                }
        );

    public static ScalarKind Seed() =>
        new(
            $"a whole number from 0 to {ulong.MaxValue}",
            text =>
                IsWhole(text) && ulong.TryParse(text, CultureInfo.InvariantCulture, out var seed)
                    ? seed
                    : null,
            () =>
                new JsonObject
                {
                    ["type"] = "integer",
                    ["minimum"] = 0,
                    ["maximum"] = ulong.MaxValue,
                }
        );

    public static ScalarKind Decimal(decimal minimum, decimal maximum) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"),
            text =>
                Units.TryNumber(text, out var number) && number >= minimum && number <= maximum
                    ? number
                    : null,
            () =>
                new JsonObject
                {
                    ["type"] = "number",
                    ["minimum"] = minimum,
                    ["maximum"] = maximum,
                }
        );

    public static ScalarKind Ratio() =>
        new(
            Units.Ratio,
            text => Units.TryRatio(text, out var ratio) ? ratio : null,
            () =>
                new JsonObject
                {
                    ["type"] = Types("number", "string"),
                    ["minimum"] = 0,
                    ["maximum"] = 1,
                    ["pattern"] = $"^{Number}%$",
                }
        );

    public static ScalarKind Boolean() =>
        new(
            "true, false",
            text =>
                text switch
                {
                    "true" or "True" => true,
                    "false" or "False" => false,
                    _ => null,
                },
            () => new JsonObject { ["type"] = "boolean" }
        );

    public static ScalarKind Text() =>
        new(
            "a text of 1 to 4096 characters",
            text => text.Length is > 0 and <= 4096 && !text.Any(char.IsControl) ? text : null,
            () => new JsonObject { ["type"] = "string", ["minLength"] = 1 }
        );

    public static ScalarKind Name() =>
        new(
            "a name: small letters, digits and -, a letter first, 64 characters at most",
            text => Address.IsName(text) ? text : null,
            () => Pattern("^[a-z][a-z0-9-]{0,63}$")
        );

    public static ScalarKind Choice(
        IReadOnlyList<string> words,
        Func<string, string?>? mechanism = null
    ) =>
        new(
            string.Join(", ", words),
            text => words.Contains(text) ? text : null,
            () =>
                new JsonObject
                {
                    ["enum"] = new JsonArray([.. words.Select(w => JsonValue.Create(w))]),
                }
        )
        {
            Hint = text => $"did you mean {Nearest.To(text, words)}",
            Mechanism = value => mechanism?.Invoke((string)value),
        };

    /// <summary>A name out of a list, or a path to a file of one's own.</summary>
    public static ScalarKind NameOrFile(IReadOnlyList<string> words) =>
        new(
            $"{string.Join(", ", words)}, or a path to a file",
            text => words.Contains(text) || IsPath(text) ? text : null,
            () =>
                new JsonObject
                {
                    ["type"] = "string",
                    ["examples"] = new JsonArray([.. words.Select(w => JsonValue.Create(w))]),
                }
        )
        {
            Hint = text => $"did you mean {Nearest.To(text, words)}",
        };

    /// <summary>
    /// A platform: a name out of a list, that of a file in the current folder, or a path to one.
    /// </summary>
    public static ScalarKind Platform(IReadOnlyList<string> words) =>
        new(
            $"{string.Join(", ", words)}, or a path to NAME{PlatformFiles.Extension}",
            text =>
                words.Contains(text)
                || (Address.IsName(text) && PlatformFiles.IsHere(text))
                || (IsText(text)
                    && text.EndsWith(PlatformFiles.Extension, StringComparison.Ordinal))
                    ? text
                    : null,
            () =>
                new JsonObject
                {
                    ["type"] = "string",
                    ["examples"] = new JsonArray([.. words.Select(w => JsonValue.Create(w))]),
                }
        )
        {
            Hint = text => $"did you mean {Nearest.To(text, words)}",
        };

    public static ScalarKind Core() =>
        new(
            "shared, own, or a core's number from 0 to 4095",
            text =>
                text switch
                {
                    "shared" => CoreChoice.Shared,
                    "own" => CoreChoice.Own,
                    _ => IsWhole(text)
                    && int.TryParse(text, CultureInfo.InvariantCulture, out var number)
                    && number < KeyTable.MostCores
                        ? CoreChoice.Fixed(number)
                        : null,
                },
            () =>
                new JsonObject
                {
                    ["type"] = Types("integer", "string"),
                    ["pattern"] = @"^(shared|own|\d+)$",
                    ["minimum"] = 0,
                    ["maximum"] = KeyTable.MostCores - 1,
                }
        );

    public static ScalarKind Wait() =>
        new(
            "poll, doorbell, or adaptive(TIME) such as adaptive(5us)",
            text =>
                text switch
                {
                    "poll" => WaitPolicy.Poll,
                    "doorbell" => WaitPolicy.Doorbell,
                    _ => text.StartsWith("adaptive(", StringComparison.Ordinal)
                    && text.EndsWith(')')
                    && Units.TryTime(text["adaptive(".Length..^1], out var spinPs)
                    && spinPs is > 0 and <= LongestPs
                        ? WaitPolicy.Adaptive(spinPs)
                        : null,
                },
            () => Pattern($@"^(poll|doorbell|adaptive\({Number} ?(ps|ns|us|ms|s|min)\))$")
        );

    public static ScalarKind TargetChoices() =>
        new(
            "modulo, uniform, all, or zipf with an exponent from 0.01 to 10, such as zipf 0.99",
            text =>
                text switch
                {
                    "modulo" => TargetChoice.Modulo,
                    "uniform" => new TargetChoice(TargetChoiceKind.Uniform, 0),
                    "all" => new TargetChoice(TargetChoiceKind.All, 0),
                    _ => text.StartsWith("zipf ", StringComparison.Ordinal)
                    && Units.TryNumber(text["zipf ".Length..], out var exponent)
                    && exponent is >= 0.01m and <= 10m
                        ? new TargetChoice(TargetChoiceKind.Zipf, exponent)
                        : null,
                },
            () => Pattern($"^(modulo|uniform|all|zipf {Number})$")
        );

    public static ScalarKind AnAddress() =>
        new(
            Address.Form,
            text => Address.TryParse(text, out var address) ? address : null,
            () => new JsonObject { ["type"] = "string", ["minLength"] = 1 }
        );

    public static ScalarKind AnExpectation() =>
        new(
            Expectation.Form,
            text => Reading(text) is (var expectation, null) ? expectation : null,
            () => new JsonObject { ["type"] = "string", ["minLength"] = 1 }
        )
        {
            Hint = text => Reading(text).Problem,
        };

    /// <summary>What <c>all</c> is read as.</summary>
    public const long All = long.MaxValue;

    private const string BitRatePattern = $"^{Number} ?(Kbps|Mbps|Gbps)$";

    private static (Expectation? Expectation, string? Problem) Reading(string text)
    {
        try
        {
            return (Expectation.Parse(text), null);
        }
        catch (FormatException problem)
        {
            return (null, problem.Message);
        }
    }

    private static string? WithoutUnit(string text) =>
        Units.TryNumber(text, out _) ? "which has no unit" : null;

    private static bool IsWhole(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static bool IsText(string text) =>
        text.Length is > 0 and <= 4096 && !text.Any(char.IsControl);

    private static bool IsPath(string text) =>
        IsText(text)
        && (
            text.Contains('/')
            || text.Contains('\\')
            || text.EndsWith(".yaml", StringComparison.Ordinal)
        );

    private static JsonArray Types(params string[] names) =>
        new([.. names.Select(name => JsonValue.Create(name))]);

    private static JsonObject Pattern(string pattern) =>
        new() { ["type"] = "string", ["pattern"] = pattern };
}
