using Disguise.Host.Composition;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>Whole machines whose tenants measure their virtual memory.</summary>
public sealed class VirtualMemorySpecs
{
    private static readonly string[] Operations =
        ["dirty", "trap", "prot1", "prot100", "unprot100", "appel1", "appel2"];

    public static TheoryData<string, string> Runs()
    {
        var runs = new TheoryData<string, string>();
        foreach (var architecture in new[] { "arrakis", "exokernel", "monolithic", "microkernel" })
        {
            foreach (var operation in Operations)
                runs.Add(architecture, operation);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Each_operation_is_measured_and_referees_find_nothing(
        string architecture, string operation)
    {
        var result = Run(architecture, TextOf(operation), threads: 1);

        Assert.All(result.Referees, referee => Assert.Equal(0, referee.Violations));
        if (architecture is "monolithic" or "microkernel" && operation == "dirty")
        {
            // Neither kernel nor pager says which pages are dirty.
            Assert.Null(result.Groups[0].Operations);
            return;
        }

        Assert.True(result.Groups[0].Operations > 5);
        Assert.True(result.LatencyUs.Mean > 0);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void What_the_claims_about_virtual_memory_expect_holds(int claim)
    {
        using var command = new CommandRun();
        var (code, _, errors) = command.Run(
            "tour", $"{claim}", "--quiet", "--out", command.PathOf("tour"));

        Assert.Equal((0, ""), (code, errors));
    }

    [Theory]
    [InlineData("arrakis")]
    [InlineData("exokernel")]
    [InlineData("monolithic")]
    [InlineData("microkernel")]
    public void A_program_whose_pages_are_all_there_takes_time(string architecture)
    {
        var text = TextOf("dirty").Replace(
            "{ kind: memory-bench, operation: dirty }",
            "{ kind: page-scan, pages: 32, frames: 48 }", StringComparison.Ordinal);
        Assert.Contains("page-scan", text, StringComparison.Ordinal);

        var result = Run(architecture, text, threads: 1);

        Assert.True(result.Groups[0].Operations > 5);
    }

    [Theory]
    [InlineData("exokernel", "own", true)]
    [InlineData("arrakis", "own", true)]
    [InlineData("exokernel", "mru", true)]
    [InlineData("exokernel", "lru", false)]
    public void A_program_brings_a_page_replacement_policy_that_fits_its_passes(
        string architecture, string policy, bool fits)
    {
        // A pass that misses every page takes the store's latency for each, one that fits for a
        // sixth of them.
        var text = TextOf("dirty").Replace(
            "{ kind: memory-bench, operation: dirty }",
            $"{{ kind: page-scan, pages: 12, frames: 10, policy: {policy}, "
                + "store-latency: 10us }", StringComparison.Ordinal);
        var result = Run(architecture, text, threads: 1);

        Assert.True(result.Groups[0].Operations > 5);
        Assert.Equal(fits, result.LatencyUs.Mean < 12 * 10 / 2);
    }

    [Fact]
    public void Threads_of_the_emulator_change_nothing() => Assert.Equal(
        Run("exokernel", TextOf("appel2"), threads: 1).Hash,
        Run("exokernel", TextOf("appel2"), threads: 2).Hash);

    private static RunResult Run(string architecture, string text, int threads)
    {
        var experiment = SmallWorld.Read(text);
        return new ArchitectureRun(
            experiment, Architectures.Of(architecture), CostBook.Load(experiment),
            new RunSettings { Quiet = true, Threads = threads }, SmallWorld.Silent).Run().Result;
    }

    private static string TextOf(string operation) =>
        $$"""
        name: memory
        platform: xeon-e5-2430-x520
        profile: extaris
        seed: 1
        warm-up: 100us
        duration: 2ms
        machines:
          - name: server
            cores: 2
            nic: { vfs: 2 }
            tenants:
              - { name: bench, app: { kind: memory-bench, operation: {{operation}} }, core: own }
        """;
}
