using System.Security.Cryptography;
using Disguise.Host.Results;
using Xunit;

namespace Disguise.Host.Tests.Results;

public sealed class ResultHashSpecs
{
    [Fact]
    public void The_top_hash_is_sha_256_over_the_runs_raw_bytes_in_order()
    {
        byte[] bytes = [.. Enumerable.Repeat((byte)0xaa, 32), .. Enumerable.Repeat((byte)0xbb, 32)];
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            ResultHash.Of([Run("aa"), Run("bb")]));
    }

    [Fact]
    public void The_order_of_the_runs_counts() =>
        Assert.NotEqual(
            ResultHash.Of([Run("aa"), Run("bb")]), ResultHash.Of([Run("bb"), Run("aa")]));

    [Fact]
    public void A_run_without_a_hash_leaves_the_result_without_one()
    {
        Assert.Null(ResultHash.Of([Run("aa"), new RunResult { Architecture = "arrakis" }]));
        Assert.Null(ResultHash.Of([]));
    }

    [Fact]
    public void A_hash_of_the_wrong_length_is_a_bug_of_ours() =>
        Assert.Throws<InvalidOperationException>(() => ResultHash.Of(
            [new RunResult { Architecture = "arrakis", Hash = "abcd" }]));

    private static RunResult Run(string octet) => new()
    {
        Architecture = "arrakis",
        Hash = string.Concat(Enumerable.Repeat(octet, 32)),
    };
}
