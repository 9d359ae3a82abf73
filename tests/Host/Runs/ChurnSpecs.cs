using System.Text.Json;

namespace Disguise.Host.Tests.Runs;

/// <summary>Tenants that come and go during a run, under each architecture that can do that.
/// </summary>
public sealed class ChurnSpecs
{
    private const string Short = "arrive: 20000/s\n        lifetime: 300us";

    public static TheoryData<string> Architectures => ChurnWorld.Architectures;

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Tenants_arrive_at_their_rate_serve_and_depart(string architecture)
    {
        var outcome = ChurnWorld.Run(
            ChurnWorld.Read(ChurnWorld.Text(Short, places: 32)), architecture);

        var churn = ChurnWorld.Churn(outcome);
        // 80 in 4 ms: four standard deviations of a Poisson number are 36.
        Assert.InRange(churn.Arrivals, 44, 116);
        Assert.Equal(0, churn.RefusedArrivals);
        Assert.Empty(churn.Failed);
        Assert.Equal(churn.Arrivals, churn.Departures + churn.Present);
        Assert.InRange(churn.Present, 1, 20);
        Assert.InRange(churn.Served, churn.Arrivals - 2, churn.Arrivals);
        Assert.InRange(churn.SetUpUs.P50!.Value, 1, 300);
        Assert.True(outcome.Result.Operations > 0);
        Assert.True(outcome.Result.RequestsLost == 0, "no timeout is over in 4 ms");
        Assert.Equal(churn.Arrivals, Assert.Single(outcome.Result.Groups).Churn!.Arrivals);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Who_arrives_when_every_place_is_taken_is_refused_and_counted(string architecture)
    {
        var churn = ChurnWorld.Churn(ChurnWorld.Run(
            ChurnWorld.Read(ChurnWorld.Text("arrive: 20000/s", places: 3)), architecture));

        Assert.Equal(3, churn.Arrivals);
        Assert.Equal((3, 0), (churn.Present, churn.Departures));
        Assert.InRange(churn.RefusedArrivals, 41, 113);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_start_alone_delays_a_group_that_then_stays(string architecture)
    {
        var outcome = ChurnWorld.Run(
            ChurnWorld.Read(ChurnWorld.Text("start: 2ms", load: "rate: 400000/s, timeout: 1ms")),
            architecture);

        var churn = ChurnWorld.Churn(outcome);
        Assert.Equal((8, 8, 0), (churn.Arrivals, churn.Present, churn.Departures));
        Assert.Equal(8, churn.Served);
        // Half of 1,600 requests find nobody: those of the first 2 ms.
        Assert.InRange(outcome.Result.Operations!.Value, 650, 850);
        Assert.InRange(outcome.Result.RequestsLost!.Value, 650, 900);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_lifetime_alone_ends_a_group_at_once(string architecture)
    {
        var outcome = ChurnWorld.Run(
            ChurnWorld.Read(ChurnWorld.Text("lifetime: 1ms")), architecture);

        var churn = ChurnWorld.Churn(outcome);
        Assert.Equal((8, 0, 8), (churn.Arrivals, churn.Present, churn.Departures));
        Assert.InRange(outcome.Result.Operations!.Value, 100, 300);
    }

    [Theory]
    [MemberData(nameof(Architectures))]
    public void A_closed_loop_gives_up_after_its_timeout_and_finds_the_next_tenant(
        string architecture)
    {
        const string Churn = "arrive: 20000/s\n        lifetime: 400us";
        const string Loop = "outstanding: 1, timeout: ";
        var patient = ChurnWorld.Run(
            ChurnWorld.Read(ChurnWorld.Text(Churn, load: Loop + "10ms")), architecture);
        var hasty = ChurnWorld.Run(
            ChurnWorld.Read(ChurnWorld.Text(Churn, load: Loop + "50us")), architecture);

        Assert.Equal(0, patient.Result.RequestsLost);
        Assert.True(hasty.Result.RequestsLost > 20);
        Assert.True(
            hasty.Result.Operations > 100 && patient.Result.Operations < 20,
            $"{hasty.Result.Operations} and {patient.Result.Operations} operations");
    }

    [Fact]
    public void Functions_are_used_again_and_software_stands_in_when_they_run_out()
    {
        using var world = ChurnScene.Of(ChurnWorld.Read(ChurnWorld.Text(
            "arrive: 50000/s\n        lifetime: 1ms", places: 16)));
        world.RunFor(3_000_000_000);

        var cards = world.Kernel.Cards().ToList();
        Assert.Equal([0, 1, 2, 3], cards
            .Where(card => !card.Function.IsSoftware)
            .Select(card => card.Function.Index).Order());
        Assert.InRange(cards.Count(card => card.Function.IsSoftware), 4, 12);
        Assert.True(world.Book.Departures > 20, "each function has had several owners");
    }

    [Fact]
    public void A_tenant_for_whom_no_function_is_left_is_refused_and_its_place_is_freed()
    {
        var outcome = ChurnWorld.Run(ChurnWorld.Read(
            ChurnWorld.Text("arrive: 20000/s\n        lifetime: 1ms", places: 16)
                .Replace("emulate", "refuse")));

        var churn = ChurnWorld.Churn(outcome);
        var refused = churn.Failed["create-card-functions-exhausted"];
        Assert.InRange(refused, 10, 80);
        Assert.Equal(refused, outcome.Result.ControlPlane.Refused["create-card"]);
        Assert.Equal(refused, churn.EarlyEnds);
        Assert.Equal(churn.Arrivals, churn.Departures + churn.EarlyEnds + churn.Present);
        Assert.Equal(0, churn.RefusedArrivals);
    }

    [Fact]
    public void Orders_of_the_operator_stand_with_the_calls_of_the_control_plane()
    {
        var outcome = ChurnWorld.Run(ChurnWorld.Read(ChurnWorld.Text(Short, places: 32)));

        var churn = ChurnWorld.Churn(outcome);
        var control = outcome.Result.ControlPlane;
        Assert.Equal(churn.Arrivals, control.Calls["create-container"]);
        Assert.InRange(
            control.Calls["destroy-container"], churn.Departures, churn.Departures + 1);
        Assert.True(control.LatencyUs["destroy-container"].P50 > 1);
        Assert.Empty(control.Refused);
        Assert.Equal(0, outcome.Result.KernelMessagesOnDataPath);
    }

    [Fact]
    public void A_result_names_what_came_and_went_and_expectations_find_it()
    {
        using var command = new CommandRun();
        var file = command.Write("churn.yaml", ChurnWorld.Text(Short, places: 32, more: """
            expect:
              - "arrakis.churn.arrivals > 40"
              - "arrakis.churn.failed.create-card-functions-exhausted == 0"
              - "arrakis.groups.echo.churn.set_up_us.p50 < 300"
              - "arrakis.requests_lost == 0"
            """.Replace("\n", "\n        ")));

        var whole = command.Whole(file);

        foreach (var check in whole.GetProperty("checks").EnumerateArray())
            Assert.True(check.GetProperty("holds").GetBoolean(), check.ToString());
        var still = command.Result(command.Write("small.yaml", SmallWorld.Text));
        Assert.Equal(JsonValueKind.Null, still.GetProperty("churn").ValueKind);
    }

    [Fact]
    public void Inspection_shows_who_is_there_and_who_has_gone()
    {
        using var command = new CommandRun();
        var file = command.Write(
            "churn.yaml", ChurnWorld.Text("start: 1ms\n        lifetime: 1ms", places: 2));

        string Actors(string at) => command.Run(
            "inspect", "actors", file, "--quiet", "--at", at, "--target", "server.echo[1]").Output;

        Assert.Equal("", Actors("900us"));
        Assert.Contains("server.echo[1].domain  #", Actors("1500us"));
        Assert.DoesNotContain("stopped", Actors("1500us"));
        Assert.Contains("stopped", Actors("2500us"));
    }
}
