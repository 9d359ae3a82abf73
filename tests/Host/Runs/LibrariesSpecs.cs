using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.LibOS.Applications;

namespace Disguise.Host.Tests.Runs;

/// <summary>What an experiment says of an application is what the application is given.</summary>
public sealed class LibrariesSpecs
{
    private const string Text = """
        name: typed
        platform: xeon-e5-2430-x520
        duration: 1ms
        architecture: [arrakis]
        machines:
          - name: server
            count: 1
            tenants:
              - name: shop
                app:
                  kind: shop
                  port: 80
                  work: 3us
                  cache: 2MiB
                  factor: 1.25
                  rate: 10/s
                  greeting: good morning
                  mode: fast
                  upstream: shop
        """;

    [Fact]
    public void Settings_of_every_type_reach_the_application_as_they_were_written()
    {
        var parameters = Libraries.ParametersOf(Read().Machines[0].Tenants[0].Application);

        Assert.Equal(80, parameters.NumberOf("port", 1));
        Assert.Equal(3_000_000, parameters.NumberOf("work", 1));
        Assert.Equal(2 << 20, parameters.NumberOf("cache", 1));
        Assert.Equal(1.25m, parameters.DecimalOf("factor", 1));
        Assert.Equal(10m, parameters.DecimalOf("rate", 1));
        Assert.Equal("good morning", parameters.TextOf("greeting", ""));
        Assert.Equal("fast", parameters.TextOf("mode", ""));
        Assert.Equal("shop", parameters.TextOf("upstream", ""));
    }

    [Fact]
    public void A_setting_that_was_left_out_has_its_default()
    {
        Assert.Equal(7, ApplicationParameters.None.NumberOf("port", 7));
        Assert.Equal(0.5m, ApplicationParameters.None.DecimalOf("factor", 0.5m));
        Assert.Equal("none", ApplicationParameters.None.TextOf("greeting", "none"));
    }

    [Fact]
    public void Asking_for_another_type_than_was_given_is_a_bug()
    {
        var parameters = new ApplicationParameters([KeyValuePair.Create("port", (object)7L)]);

        var failure = Assert.Throws<InvalidOperationException>(() =>
            parameters.TextOf("port", ""));
        Assert.Equal("the setting port is a Int64, not a String", failure.Message);
        Assert.Throws<ArgumentException>(() => new ApplicationParameters(
            [KeyValuePair.Create("port", (object)7)]));
    }

    [Fact]
    public void The_echo_takes_its_port_and_its_work()
    {
        var settings = new ApplicationParameters(
            [KeyValuePair.Create("port", (object)9L), KeyValuePair.Create("work", (object)5L)]);

        Assert.True(ApplicationRegistry.TryMake("udp-echo", settings, out var echo));

        Assert.Equal(9, echo.ServicePort);
    }

    private static Experiment Read() => ExperimentReader.ReadText(
        "typed.yaml", Text, null, ExperimentCatalog.Default with
        {
            Applications = new ApplicationCatalog(new ApplicationKind(
                "shop", false, "sells",
                [
                    new("port", SettingType.Integer, "where it listens"),
                    new("work", SettingType.Time, "what a sale takes"),
                    new("cache", SettingType.Size, "what it keeps"),
                    new("factor", SettingType.Number, "of its prices"),
                    new("rate", SettingType.EventRate, "of its sales"),
                    new("greeting", SettingType.Text, "what it says"),
                    new("mode", SettingType.Choice, "how") { Choices = ["fast", "slow"] },
                    new("upstream", SettingType.Target, "who delivers"),
                ])),
        });
}
