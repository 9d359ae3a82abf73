using System.Text.Json;
using Disguise.Host.Experiments;
using Xunit;

namespace Disguise.Host.Tests.Experiments;

public sealed class ListingsSpecs
{
    [Fact]
    public void The_experiment_of_init_passes_the_reader_and_asks_for_nothing_not_built()
    {
        var experiment = ExperimentReader.ReadText("first.yaml", FirstExperiment.Text);
        Assert.Equal(16, experiment.TenantCount);
        Assert.Equal(16, Assert.Single(experiment.Clients).Count);
        Assert.Empty(experiment.NotBuilt(BuiltMechanisms.Here));
        Assert.Equal(experiment.Architectures, experiment.BuiltArchitectures(BuiltMechanisms.Here));
    }

    [Fact]
    public void The_schema_lists_the_keys_that_the_reader_names_as_allowed()
    {
        using var schema = JsonDocument.Parse(ExperimentSchema.Write());
        var keys = schema.RootElement.GetProperty("properties").EnumerateObject();
        var error = Assert.Throws<ExperimentError>(() =>
            ExperimentReader.ReadText("f.yaml", "nmae: x")
        );
        Assert.Equal(error.Allowed, string.Join(", ", keys.Select(key => key.Name)));
        Assert.False(schema.RootElement.GetProperty("additionalProperties").GetBoolean());
    }

    [Fact]
    public void The_schema_knows_each_application_s_settings()
    {
        using var schema = JsonDocument.Parse(ExperimentSchema.Write());
        var port = schema
            .RootElement.GetProperty("properties")
            .GetProperty("machines")
            .GetProperty("items")
            .GetProperty("properties")
            .GetProperty("tenants")
            .GetProperty("items")
            .GetProperty("properties")
            .GetProperty("app")
            .GetProperty("oneOf")[0]
            .GetProperty("properties")
            .GetProperty("port");
        Assert.Equal(65_535, port.GetProperty("maximum").GetInt32());
    }

    [Fact]
    public void Every_kind_lists_something_and_an_unknown_one_names_the_nearest()
    {
        foreach (var kind in Listings.Kinds)
            Assert.NotEmpty(Listings.Of(kind));
        var error = Assert.Throws<ExperimentError>(() => Listings.Of("platfroms"));
        Assert.StartsWith("list platfroms: no such kind, did you mean platforms", error.Message);
    }

    [Fact]
    public void Every_application_and_fault_is_in_the_table_of_mechanisms_and_built()
    {
        foreach (var kind in ApplicationCatalog.Default.Kinds)
            Assert.True(BuiltMechanisms.Here.Has(BuiltMechanisms.Application(kind.Name)));
        foreach (var kind in FaultCatalog.Default.Kinds)
            Assert.True(BuiltMechanisms.Here.Has(BuiltMechanisms.Fault(kind.Name)));
    }
}
