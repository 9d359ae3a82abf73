using System.Security.Cryptography;
using System.Text;
using Disguise.Host.Experiments;
using Disguise.Host.Validation;

namespace Disguise.Host.Tests.Validation;

/// <summary>
/// What holds of the rows of every paper. Each file says itself which rows were fixed before the
/// first run and what was changed later.
/// </summary>
public sealed class SuiteFileSpecs
{
    [Theory]
    [InlineData("arrakis", "3e0b4ac7e3ae253f81ce2af6c1313d82e95109fca2869c007c505d088dc78c63")]
    [InlineData("exokernel", "99a61f1e6c9f4d42a08a5d02f9e8531ebc7731319b5d692550cf7ca827f121f4")]
    [InlineData("xok", "edddf9e061956b1e5e8356fd407fa82000baa5f1100ce9d733d554e530428cb2")]
    public void The_file_of_the_rows_has_the_bytes_that_are_pinned_here(
        string suite, string sha256)
    {
        var text = ShippedFiles.TextOf($"experiments/{suite}/validation.yaml");

        Assert.Equal(
            sha256, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    [Theory]
    [InlineData("arrakis")]
    [InlineData("exokernel")]
    [InlineData("xok")]
    public void Every_row_has_a_name_of_its_own_and_every_run_is_of_use(string name)
    {
        var suite = SuiteCatalog.Load([name]).Single();
        var names = suite.Rows.Select(row => row.Name).ToList();
        var used = suite.Rows.SelectMany(row => row.Paths)
            .Select(path => suite.RunOf(path).Name)
            .ToHashSet();

        Assert.Equal(names.Distinct(), names);
        Assert.Equal(suite.Runs.Select(run => run.Name).Order(), used.Order());
    }
}
