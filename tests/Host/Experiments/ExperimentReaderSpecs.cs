using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.Host.Experiments.Addresses;
using Disguise.LibOS.Domains;
using Xunit;

namespace Disguise.Host.Tests.Experiments;

public sealed class ExperimentReaderSpecs
{
    [Fact]
    public void The_contract_s_own_experiment_reads_as_it_says()
    {
        var experiment = Read(ExperimentFiles.Contract);

        Assert.Equal("first", experiment.Name);
        Assert.Equal("xeon-e5-2430-x520", experiment.Platform);
        Assert.Equal("extaris", experiment.Profile);
        Assert.Equal(42UL, experiment.Seed);
        Assert.Equal(1_000_000_000, experiment.WarmUpPs);
        Assert.Equal(20_000_000_000, experiment.DurationPs);
        Assert.Equal(100_000_000, experiment.IntervalPs);
        Assert.Equal(
            ["arrakis", "exokernel", "monolithic", "microkernel"],
            experiment.Architectures
        );
        Assert.Equal(
            new NetworkSettings(new LinkQuality(10_000_000_000, 450_000, 0), 0, null),
            experiment.Network
        );

        var machine = Assert.Single(experiment.Machines);
        Assert.Equal((1, 16, 4L << 30), (machine.Count, machine.Cores, machine.MemoryBytes));
        Assert.Equal(new NicSettings(64, true), machine.Nic);
        Assert.Equal(new NvmeSettings(64, 1L << 30, 25_000_000), machine.Nvme);

        var tenants = Assert.Single(machine.Tenants);
        Assert.Equal((16, 16L), (tenants.CountOn(0), experiment.TenantCount));
        Assert.Equal(
            ("udp-echo", 7, 0L),
            (
                tenants.Application.Kind,
                tenants.Application.Integer("port"),
                tenants.Application.TimePs("work")
            )
        );
        Assert.Equal(TenantInterface.Native, tenants.Interface);
        Assert.Equal(CoreChoice.Own, tenants.Core);
        Assert.Equal(WaitPolicy.Poll, tenants.Wait);
        Assert.Null(tenants.RateLimitBitsPerSecond);

        var client = Assert.Single(experiment.Clients);
        Assert.Equal(
            (16, 64, 1),
            (
                client.Count,
                client.Application.Integer("payload"),
                client.Application.Integer("outstanding")
            )
        );
        Assert.Equal(16, client.Targets.Count);
        Assert.Null(client.RequestsPerSecond);

        var revocation = Assert.IsType<Revocation>(experiment.Injections[0]);
        Assert.Equal(
            (5_000_000_000, "network", true, 50_000_000L),
            (revocation.AtPs, revocation.Resource, revocation.Ask, revocation.DeadlinePs)
        );
        Assert.Equal([new Thing(ThingKind.Tenant, 0, 0, 0, 3)], revocation.Things);
        var fault = Assert.IsType<FaultInjection>(experiment.Injections[1]);
        Assert.Equal(("link-down", 2_000_000_000L), (fault.Kind, fault.ForPs));
        Assert.Equal([new Thing(ThingKind.VirtualFunction, 0, 0, 0, 7)], fault.Things);

        Assert.Equal(
            [new Thing(ThingKind.VirtualFunction, 0, 0, 0, 0)],
            experiment.Recording.Packets
        );
        Assert.Equal(2, experiment.Expectations.Count);
        Assert.Equal(["0us", "1us", "2us", "4us"], Assert.Single(experiment.Sweep).Values);
        Assert.Equal(new Repetition(5, 0.02m), experiment.Repetition);
        Assert.Equal(ExperimentFiles.Contract, experiment.EffectiveYaml);
    }

    [Fact]
    public void The_shipped_first_experiment_is_the_contract_s() =>
        Assert.Equal(
            ExperimentFiles.Contract,
            File.ReadAllText(Path.Combine(ExperimentFiles.Folder, "Shipped", "first.yaml"))
        );

    [Fact]
    public void What_is_not_built_is_named_once_with_its_line()
    {
        var notices = Read(ExperimentFiles.Contract).NotBuilt(BuiltMechanisms.Here);

        Assert.Equal(
            ["machines.server.nvme"],
            notices.Select(notice => notice.Path)
        );
        Assert.Equal(
            "f.yaml:17: machines.server.nvme is not built yet and left out",
            $"{notices[0]}"
        );
        Assert.Empty(Read(ExperimentFiles.Small).NotBuilt(BuiltMechanisms.Here));
        Assert.Equal(
            Read(ExperimentFiles.Contract).Architectures
                .Where(name => Architectures.All.Any(built => built.Name == name)),
            Read(ExperimentFiles.Contract).BuiltArchitectures(BuiltMechanisms.Here)
        );
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var experiment = Read(ExperimentFiles.Small);
        var tenants = experiment.Machines[0].Tenants[0];
        Assert.Equal(new NicSettings(64, true), experiment.Machines[0].Nic);
        Assert.Equal((CoreChoice.Shared, WaitPolicy.Doorbell), (tenants.Core, tenants.Wait));
        Assert.Equal(15, Assert.Single(experiment.Clients).Count);
        Assert.Empty(experiment.Architectures);
    }

    [Fact]
    public void A_total_spreads_over_the_group_and_the_first_take_the_rest()
    {
        var sink = Read(ExperimentFiles.Small).Machines[0].Tenants[1];
        Assert.Equal([3, 2, 2], [sink.CountOn(0), sink.CountOn(1), sink.CountOn(2)]);
    }

    [Fact]
    public void Set_reaches_a_list_s_entry_by_its_name_and_keys_that_the_file_leaves_out()
    {
        var experiment = Read(
            ExperimentFiles.Contract,
            Override.Set("machines.server.tenants.echo.app.work=4us"),
            Override.Set("machines.server.tenants.echo.wait=adaptive(5us)"),
            Override.Set("network.switch-latency=300ns"),
            Override.Set("inject.1.fault.for=3ms"),
            Override.Set("record.trace=true"),
            Override.Architectures("arrakis,monolithic"),
            Override.Seed(7)
        );

        var tenants = experiment.Machines[0].Tenants[0];
        Assert.Equal(4_000_000, tenants.Application.TimePs("work"));
        Assert.Equal(WaitPolicy.Adaptive(5_000_000), tenants.Wait);
        Assert.Equal(300_000, experiment.Network.SwitchLatencyPs);
        Assert.Equal(3_000_000_000, ((FaultInjection)experiment.Injections[1]).ForPs);
        Assert.True(experiment.Recording.Trace);
        Assert.Equal(["arrakis", "monolithic"], experiment.Architectures);
        Assert.Equal(7UL, experiment.Seed);
    }

    [Fact]
    public void The_experiment_as_run_reads_back_as_the_same_run()
    {
        var run = Read(
            ExperimentFiles.Contract,
            Override.Seed(9),
            Override.Set("platform.trap=80ns"),
            Override.Set("machines.server.tenants.echo.app.work=4us")
        );
        Assert.Equal("80ns", run.PlatformSettings["trap"]);

        var again = Read(run.EffectiveYaml);
        Assert.Equal((9UL, "80ns"), (again.Seed, again.PlatformSettings["trap"]));
        Assert.Equal(4_000_000, again.Machines[0].Tenants[0].Application.TimePs("work"));
        Assert.Equal(run.Expectations.Select(e => e.Text), again.Expectations.Select(e => e.Text));
        Assert.Equal(run.Sweep[0].Values, again.Sweep[0].Values);
        Assert.Equal(run.Injections.Count, again.Injections.Count);
    }

    [Theory]
    [InlineData(
        "machines.server.tenants.ehco.app.work=4us",
        "no entry ehco in machines.server.tenants, did you mean echo; allowed: echo"
    )]
    [InlineData(
        "machines.server.tenants.echo.app.wrok=4us",
        "no key wrok in machines.server.tenants.echo.app, did you mean work; allowed: "
            + "kind, port, work"
    )]
    [InlineData("sede=4", "no key sede, did you mean seed; allowed: name, platform")]
    [InlineData("seed.more=4", "no more in seed; allowed: seed itself")]
    [InlineData("seed=x", "seed: x; allowed: a whole number")]
    [InlineData("seed=", "no path and value; allowed: path=value")]
    [InlineData("sweep.seed=1", "sweep.seed cannot be set by path; allowed: a path of another key")]
    public void A_set_that_matches_nothing_is_one_line(string assignment, string line)
    {
        var error = Assert.Throws<ExperimentError>(() =>
            Read(ExperimentFiles.Contract, Override.Set(assignment))
        );
        Assert.StartsWith($"--set {assignment}: {line}", error.Message);
    }

    [Fact]
    public void Anchors_aliases_and_merge_keys_mean_what_yaml_says()
    {
        var experiment = Read(
            """
            name: merged
            duration: 1ms
            x-tenant: &tenant { app: { kind: udp-echo, port: 9 }, wait: poll }
            machines:
              - name: server
                x-note: [anything, { goes: here }]
                tenants:
                  - { <<: *tenant, name: one }
                  - { <<: [ *tenant ], name: two, wait: doorbell }
            """,
            Override.Set("machines.server.tenants.one.app.port=10")
        );
        var (one, two) = (experiment.Machines[0].Tenants[0], experiment.Machines[0].Tenants[1]);
        Assert.Equal((10, WaitPolicy.Poll), (one.Application.Integer("port"), one.Wait));
        Assert.Equal((9, WaitPolicy.Doorbell), (two.Application.Integer("port"), two.Wait));
    }

    [Fact]
    public void An_open_loop_may_say_its_rate_beside_the_application_or_in_it()
    {
        var beside = Read(
            ExperimentFiles.Small.Replace(
                "target: echo } }",
                "target: echo }, rate: 100000/s, arrivals: even, choose: zipf 0.99, count: 2 }"
            )
        );
        var inside = Read(
            ExperimentFiles.Small.Replace(
                "target: echo } }",
                "target: echo, rate: 100000/s, arrivals: even, choose: zipf 0.99 }, count: 2 }"
            )
        );
        foreach (var client in new[] { beside.Clients[0], inside.Clients[0] })
        {
            Assert.Equal((100_000m, true), (client.RequestsPerSecond, client.EvenArrivals));
            Assert.Equal(new TargetChoice(TargetChoiceKind.Zipf, 0.99m), client.Choice);
        }
    }

    [Fact]
    public void Keys_of_later_mechanisms_are_read_and_named_as_not_built()
    {
        var experiment = Read(
            ExperimentFiles.Small.Replace(
                "count: 5,",
                "count: 5, start: 0ms, arrive: 1000/s, lifetime: 5ms, servers: spread,"
            )
                + """
                network: { topology: leaf-spine, racks: 8, spines: 2, uplink: { bandwidth: 40Gbps }}
                switches: [ { name: left, latency: 300ns } ]
                links: [ { from: server, to: left }, { from: load, to: left, loss: 1% } ]
                """,
            Override.Set("machines.server.spread=pack")
        );

        Assert.Equal(new Churn(0, 1000m, 5_000_000_000), experiment.Machines[0].Tenants[0].Churn);
        Assert.Equal(MachineSpread.Pack, experiment.Machines[0].Spread);
        Assert.Equal(
            new LeafSpineTopology(8, 2, new LinkQuality(40_000_000_000, 450_000, 0)),
            experiment.Network.LeafSpine
        );
        Assert.Equal(0.01m, experiment.Links[1].Quality.Loss);
        var paths = experiment
            .NotBuilt(BuiltMechanisms.Here)
            .Select(notice => notice.Path)
            .ToList();
        Assert.Contains("network.topology", paths);
        Assert.Contains("switches", paths);
        Assert.Contains("links", paths);
        Assert.Contains("machines.server.spread", paths);
        Assert.DoesNotContain("machines.server.tenants.echo.arrive", paths);
        Assert.DoesNotContain("machines.server.tenants.echo.servers", paths);
    }

    private static Experiment Read(string text, params Override[] overrides) =>
        ExperimentReader.ReadText("f.yaml", text, overrides);
}
