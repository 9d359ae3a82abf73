using System.Globalization;
using System.Text.Json;
using Disguise.Host.Experiments;

namespace Disguise.Host.Results;

/// <summary>
/// Finds numbers in a result by path, for expectations and comparisons:
/// <c>virtual_s</c>, <c>arrakis.latency_us.p99</c>, <c>arrakis.groups.echo.operations_per_s</c>,
/// <c>arrakis.groups.echo.each[3].operations</c>, <c>arrakis.referees.packets.violations</c>.
/// A path follows the keys of <c>result.json</c>; an architecture's name stands for its run, an
/// entry of a list goes by its name or its index. In an object whose keys are those that occurred,
/// a key that did not occur counts 0.
/// </summary>
public sealed class ResultPaths
{
    private static readonly string[] NameKeys = ["name", "architecture", "target"];

    private static readonly string[] OpenObjects =
        ["crossings_per_operation", "cpu_us_per_operation", "dropped", "calls", "refused",
         "access_faults", "failed", "secure_bindings",
         "revocations"];

    private readonly JsonElement root;
    private readonly IReadOnlyCollection<string> architectures;
    private readonly IReadOnlyDictionary<string, IReadOnlyCollection<string>> knownKeys;
    private IReadOnlyDictionary<string, JsonElement>? entries;
    private int? injectionCount;

    /// <summary>Prepares lookups in a result.</summary>
    /// <param name="result">The result to look in.</param>
    /// <param name="architectures">All names that stand for an architecture, run or not.</param>
    /// <param name="knownKeys">
    /// The keys that may occur in an open object or in what only a run fills, by the object's key,
    /// such as all kinds of crossings under <c>crossings_per_operation</c>. Where given, any other
    /// key is an error.
    /// </param>
    public ResultPaths(
        ExperimentResult result,
        IReadOnlyCollection<string> architectures,
        IReadOnlyDictionary<string, IReadOnlyCollection<string>>? knownKeys = null)
    {
        root = ResultJson.ToTree(result);
        this.architectures = architectures;
        this.knownKeys = knownKeys ?? new Dictionary<string, IReadOnlyCollection<string>>();
    }

    /// <summary>
    /// Lookups before there is a result, so that a misspelt path is found before the run: a path
    /// that can exist gives anything but <see cref="ResultValueKind.Unknown"/>.
    /// </summary>
    /// <param name="architectures">All names that stand for an architecture.</param>
    /// <param name="groups">The groups of tenants.</param>
    /// <param name="knownKeys">As of a result that is there.</param>
    /// <param name="injections">How many injections there will be; null for any number.</param>
    public static ResultPaths BeforeTheRun(
        IReadOnlyCollection<string> architectures,
        IEnumerable<string> groups,
        IReadOnlyDictionary<string, IReadOnlyCollection<string>>? knownKeys = null,
        int? injections = null)
    {
        var groupResults = groups
            .Select(group => new GroupResult { Name = group, Tenants = 0 })
            .ToArray();
        var result = new ExperimentResult
        {
            Status = "complete",
            Experiment = "",
            Version = "",
            Seed = 0,
            Rerun = "",
            Runs = [.. architectures.Select(architecture =>
                new RunResult
                {
                    Architecture = architecture,
                    Groups = groupResults,
                    CrossingsPerOperation = new Dictionary<string, double>(),
                    CpuUsPerOperation = new Dictionary<string, double>(),
                    Packets = new PacketCounts { Dropped = OpenCounts.Occurred([]) },
                    AccessFaults = OpenCounts.Occurred([]),
                    SecureBindings = OpenCounts.Occurred([]),
                    Revocations = OpenCounts.Occurred([]),
                })],
        };
        return new ResultPaths(result, architectures, knownKeys)
        {
            entries = Entries(result),
            injectionCount = injections,
        };
    }

    /// <summary>What an entry of each list looks like that only the run fills.</summary>
    private static Dictionary<string, JsonElement> Entries(ExperimentResult result)
    {
        var group = new GroupResult
        {
            Name = "",
            Tenants = 0,
            Each = [new TenantResult { Name = "" }],
        };
        var run = new RunResult
        {
            Architecture = "",
            Groups = [group],
            Injections = [new InjectionResult { AtUs = 0, What = "", Target = "" }],
            Crashed = [new CrashedTenant { Address = "", Reason = "", AtUs = 0 }],
            Referees = [new RefereeResult { Name = "", Checked = 0, Violations = 0 }],
        };
        var tree = ResultJson.ToTree(result with { Runs = [run] }).GetProperty("runs")[0];
        return new Dictionary<string, JsonElement>
        {
            ["each"] = tree.GetProperty("groups")[0].GetProperty("each")[0],
            ["injections"] = tree.GetProperty("injections")[0],
            ["crashed"] = tree.GetProperty("crashed")[0],
            ["referees"] = tree.GetProperty("referees")[0],
        };
    }

    /// <summary>The number at a path, or why there is none. Never throws on bad input.</summary>
    public ResultValue Find(string path)
    {
        var segments = path.Split('.');
        var element = root;
        var first = 0;
        if (architectures.Contains(segments[0]))
        {
            if (!TryEntry(root.GetProperty("runs"), segments[0], out element))
            {
                return ResultValue.RunNotMade(segments[0]);
            }

            first = 1;
        }

        for (var depth = first; depth < segments.Length; depth++)
        {
            var (name, index) = SplitIndex(segments[depth]);
            if (!TryEntry(element, name, out var entry)
                && !(depth > 0 && KnownIn(segments, depth)?.Contains(name) != false
                    && TryAnyEntry(element, segments[depth - 1], out entry)))
            {
                return Missing(element, segments, depth, name, index);
            }

            element = entry;
            var mayCome = name != "injections" || injectionCount is null
                || index < injectionCount;
            if (index is not null && !TryIndex(entry, index.Value, out element)
                && !(mayCome && TryAnyEntry(entry, name, out element)))
            {
                return mayCome && WillBeFilled(entry)
                    ? ResultValue.NotMeasured(path)
                    : ResultValue.Unknown($"'{path}': '{name}' has no entry {index}");
            }

            if (element.ValueKind == JsonValueKind.Null)
            {
                return ResultValue.NotMeasured(path);
            }
        }

        return element.ValueKind == JsonValueKind.Number
            ? ResultValue.Of(element.GetDouble())
            : ResultValue.Unknown(NoNumber(path, element));
    }

    private ResultValue Missing(
        JsonElement parent, string[] segments, int depth, string name, int? index)
    {
        var path = string.Join('.', segments);
        var isLast = depth == segments.Length - 1 && index is null;
        var parentName = depth == 0 ? "" : segments[depth - 1];
        var isOpen = isLast && OpenObjects.Contains(parentName);
        var known = KnownIn(segments, depth);
        if (isOpen && IsKey(name) && (known is null || known.Contains(name)))
        {
            return ResultValue.Of(0);
        }

        if (!isOpen && (known?.Contains(name) ?? WillBeFilled(parent)))
        {
            return ResultValue.NotMeasured(path);
        }

        IEnumerable<string> candidates = Names(parent);
        if (depth == 0)
        {
            candidates = candidates.Concat(architectures);
        }

        if (known is not null)
        {
            candidates = candidates.Concat(known);
        }

        var nearest = NearestName(name, candidates);
        return ResultValue.Unknown(nearest is null
            ? $"the result has no '{path}'"
            : $"the result has no '{path}': '{name}' is unknown, the nearest is '{nearest}'");
    }

    /// <summary>
    /// The keys that may stand at a depth; null where any may, or where those that do are all.
    /// </summary>
    private IReadOnlyCollection<string>? KnownIn(string[] segments, int depth)
    {
        if (depth == 0)
            return null;
        var parent = segments[depth - 1];
        // Latencies of a group stand under the same key, but have keys of their own.
        return parent == "latency_us" && (depth == 1 || segments[depth - 2] != "control_plane")
            ? null : knownKeys.GetValueOrDefault(parent);
    }

    /// <summary>
    /// In the place of an entry of a list that only the run fills: what any of them looks like.
    /// </summary>
    private bool TryAnyEntry(JsonElement list, string name, out JsonElement entry)
    {
        entry = default;
        return entries is not null && list.ValueKind == JsonValueKind.Array
            && list.GetArrayLength() == 0 && entries.TryGetValue(name, out entry);
    }

    /// <summary>Whether only the run decides what stands in an object or a list.</summary>
    private bool WillBeFilled(JsonElement element) => entries is not null && IsEmpty(element);

    private static bool IsEmpty(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.GetArrayLength() == 0,
        JsonValueKind.Object => !element.EnumerateObject().Any(),
        _ => false,
    };

    private static string NoNumber(string path, JsonElement element)
    {
        var names = Names(element).ToArray();
        return names.Length == 0
            ? $"'{path}' is not a number"
            : $"'{path}' is not a number; it has {string.Join(", ", names)}";
    }

    private static (string Name, int? Index) SplitIndex(string segment)
    {
        var bracket = segment.IndexOf('[');
        return bracket > 0
            && segment.EndsWith(']')
            && int.TryParse(
                segment.AsSpan(bracket + 1, segment.Length - bracket - 2),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var index)
            ? (segment[..bracket], index)
            : (segment, null);
    }

    private static bool TryEntry(JsonElement element, string name, out JsonElement entry)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return element.TryGetProperty(name, out entry);
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var candidate in element.EnumerateArray())
            {
                if (NameOf(candidate) == name)
                {
                    entry = candidate;
                    return true;
                }
            }
        }

        entry = default;
        return false;
    }

    private static bool TryIndex(JsonElement element, int index, out JsonElement entry)
    {
        var has = element.ValueKind == JsonValueKind.Array && index < element.GetArrayLength();
        entry = has ? element[index] : default;
        return has;
    }

    private static IEnumerable<string> Names(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Select(property => property.Name),
        JsonValueKind.Array => element.EnumerateArray().Select(NameOf).OfType<string>(),
        _ => [],
    };

    private static string? NameOf(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var key in NameKeys)
            {
                if (element.TryGetProperty(key, out var name))
                {
                    return name.GetString();
                }
            }
        }

        return null;
    }

    private static bool IsKey(string name) =>
        name.Length > 0 && char.IsAsciiLetterLower(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter)
            || char.IsAsciiDigit(letter) || letter is '-' or '_');

    private static string? NearestName(string name, IEnumerable<string> candidates)
    {
        var nearest = Nearest.To(name, candidates);
        return nearest is not null
            && Nearest.Distance(name, nearest) <= Math.Max(2, name.Length / 2)
            ? nearest
            : null;
    }
}
