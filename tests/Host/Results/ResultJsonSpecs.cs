using System.Text;
using System.Text.Json;
using Disguise.Host.Results;
using Xunit;

namespace Disguise.Host.Tests.Results;

/// <summary>The contract's own JSON is held against what the program writes.</summary>
public sealed class ResultJsonSpecs
{
    private static readonly string ContractPath =
        Path.Combine(AppContext.BaseDirectory, "Results", "contract-result.json");

    [Fact]
    public void Every_key_of_the_contract_is_written_with_the_same_type()
    {
        using var contract = JsonDocument.Parse(File.ReadAllBytes(ContractPath));
        using var ours = JsonDocument.Parse(ResultJson.ToUtf8Bytes(Contracts()));
        var differences = new List<string>();
        Compare("", contract.RootElement, ours.RootElement, differences);
        Assert.Empty(differences);
    }

    [Fact]
    public void A_missing_key_of_the_contract_would_be_found()
    {
        using var contract = JsonDocument.Parse("""{ "runs": [ { "hash": "", "new_key": 1 } ] }""");
        using var ours = JsonDocument.Parse(ResultJson.ToUtf8Bytes(Contracts()));
        var differences = new List<string>();
        Compare("", contract.RootElement, ours.RootElement, differences);
        Assert.Equal([".runs[0].new_key is missing"], differences);
    }

    [Fact]
    public void The_contracts_own_document_is_read()
    {
        var result = ResultJson.Read(File.ReadAllBytes(ContractPath));
        Assert.Equal("first", result.Experiment);
        Assert.Equal(0.021, result.VirtualSeconds);
        var run = Assert.Single(result.Runs);
        Assert.Equal("arrakis", run.Architecture);
        Assert.Equal(0, run.LatencyUs.P999);
        Assert.Equal(["system-call", "interrupt", "upcall", "ipc", "total"],
            run.CrossingsPerOperation!.Keys);
        Assert.Null(Assert.Single(run.Groups).LatencyUs.P50);
    }

    [Fact]
    public void What_was_written_reads_back_the_same()
    {
        var written = ResultJson.ToUtf8Bytes(SampleResult.Make());
        Assert.Equal(written, ResultJson.ToUtf8Bytes(ResultJson.Read(written)));
    }

    [Fact]
    public void What_was_not_measured_is_written_as_null_and_never_left_out()
    {
        var run = new RunResult { Architecture = "arrakis" };
        var result = SampleResult.Make() with { Runs = [run], Hash = null };
        using var json = JsonDocument.Parse(ResultJson.ToUtf8Bytes(result));
        var written = json.RootElement.GetProperty("runs")[0];
        string[] measured =
            ["architecture", "latency_us", "core_time", "packets", "control_plane", "series"];
        foreach (var property in written.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Array)
            {
                Assert.Equal(
                    !measured.Contains(property.Name),
                    property.Value.ValueKind == JsonValueKind.Null);
            }
        }

        var p99 = written.GetProperty("latency_us").GetProperty("p99");
        Assert.Equal(JsonValueKind.Null, p99.ValueKind);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("hash").ValueKind);
    }

    [Fact]
    public void The_text_is_readable_and_ends_with_a_line_feed()
    {
        var text = Encoding.UTF8.GetString(ResultJson.ToUtf8Bytes(SampleResult.Make()));
        Assert.EndsWith("}\n", text);
        Assert.DoesNotContain('\r', text);
        Assert.Contains("monolithic.operations_per_s > 5\"", text);
    }

    /// <summary>The sample with the names of the contract's example.</summary>
    private static ExperimentResult Contracts()
    {
        var sample = SampleResult.Make();
        var crossings = new Dictionary<string, long>
        {
            ["system-call"] = 2,
            ["interrupt"] = 1,
            ["upcall"] = 1,
            ["ipc"] = 1,
        };
        var run = sample.Runs[0] with
        {
            OfferedPerSecond = 1,
            CrossingsPerOperation = OpenCounts.PerOperation(crossings, 1),
            Packets = sample.Runs[0].Packets with
            {
                Dropped = OpenCounts.Occurred([new("reason", 1)]),
            },
        };
        return sample with { Runs = [run] };
    }

    private static void Compare(
        string path, JsonElement contract, JsonElement ours, List<string> differences)
    {
        if (Kind(contract) != Kind(ours))
        {
            differences.Add($"{path} is {Kind(ours)}, not {Kind(contract)}");
        }
        else if (contract.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in contract.EnumerateObject())
            {
                var name = $"{path}.{property.Name}";
                if (ours.TryGetProperty(property.Name, out var value))
                {
                    Compare(name, property.Value, value, differences);
                }
                else
                {
                    differences.Add($"{name} is missing");
                }
            }
        }
        else if (contract.ValueKind == JsonValueKind.Array && contract.GetArrayLength() > 0)
        {
            Compare($"{path}[0]", contract[0], ours[0], differences);
        }
    }

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "Boolean",
        var kind => kind.ToString(),
    };
}
