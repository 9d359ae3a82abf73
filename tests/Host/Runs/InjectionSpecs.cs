using System.Text.Json;
using Disguise.Host.Running;

namespace Disguise.Host.Tests.Runs;

/// <summary>What an injection does to whom it hits, and that it does nothing to others.</summary>
public sealed class InjectionSpecs
{
    private const int Hit = 7;

    private static string[] Without => ["--set", "inject=[]", "--set", "duration=14ms"];

    [Fact]
    public void A_tenant_without_link_gets_nothing_for_2_ms_and_others_do_not_notice()
    {
        using var command = new CommandRun();
        var text = File.ReadAllText(CommandRun.First);
        var start = text.IndexOf("  - { at: 5ms, revoke", StringComparison.Ordinal);
        var faultOnly = command.Write(
            "fault.yaml", text.Remove(start, text.IndexOf('\n', start) + 1 - start));

        var quiet = command.Result(CommandRun.First, Without);
        var faulty = command.Result(
            faultOnly, "--set", "duration=14ms", "--set",
            "clients.load.app.outstanding=1");

        var before = Each(quiet);
        var after = Each(faulty);
        for (var tenant = 0; tenant < 16; tenant++)
        {
            if (tenant == Hit)
                continue;
            Assert.Equal(before[tenant].ToString(), after[tenant].ToString());
        }

        // Its client waits 10 ms for the lost reply, so it stands still from 8 ms to the end.
        var operations = after[Hit].GetProperty("operations").GetDouble();
        Assert.InRange(
            operations / before[Hit].GetProperty("operations").GetDouble(), 0.56, 0.58);
        var fault = Assert.Single(faulty.GetProperty("injections").EnumerateArray());
        Assert.Equal("server.nic.vf[7]", fault.GetProperty("target").GetString());
        Assert.Equal(JsonValueKind.Null, fault.GetProperty("recovered_after_us").ValueKind);
        Assert.True(
            faulty.GetProperty("packets").GetProperty("dropped").GetProperty("link-down").GetInt64()
            > 0);
    }

    [Fact]
    public void A_fault_of_a_virtual_function_does_not_apply_where_there_are_none()
    {
        using var command = new CommandRun();
        var file = command.Write("fault.yaml", SmallWorld.Text + "\n" + """
            inject:
              - { at: 40us, fault: { target: "server.nic.vf[1]", kind: link-down, for: 100us } }
            """);

        var with = command.Result(file, "--set", "architecture=[monolithic]");
        var without = command.Result(
            file, "--set", "architecture=[monolithic]", "--set", "inject=[]");

        var fault = Assert.Single(with.GetProperty("injections").EnumerateArray());
        Assert.Equal("not-applicable", fault.GetProperty("outcome").GetString());
        Assert.Equal(
            without.GetProperty("hash").GetString(), with.GetProperty("hash").GetString());
    }

    [Fact]
    public void There_is_nothing_to_recover_from_where_nothing_was_taken()
    {
        var outcome = SmallWorld.Run(SmallWorld.Read(SmallWorld.Text + "\n" + """
            inject:
              - { at: 40us, revoke: { target: "server.echo[0]", resource: memory } }
              - { at: 50us, fault: { target: "server.nic", kind: link-down, for: 1ns } }
            """));

        var order = outcome.Result.Injections[0];
        Assert.Equal(("not-applicable", null), (order.Outcome, order.RecoveredAfterUs));
        Assert.NotNull(outcome.Result.Injections[1].RecoveredAfterUs);
    }

    [Fact]
    public void Service_is_back_when_a_client_has_a_reply_to_what_it_sent_after_the_fault()
    {
        // An open loop goes on sending, so service is back with the link.
        var outcome = SmallWorld.Run(SmallWorld.Read(
            SmallWorld.Text.Replace("outstanding: 2", "rate: 1000000/s") + "\n" + """
            inject:
              - { at: 40us, fault: { target: "server.nic.vf[1]", kind: link-down, for: 100us } }
              - { at: 180us, fault: { target: "load[0].link", kind: link-down } }
              - { at: 10us, fault: { target: "server.link", kind: link-down, for: 10us } }
            """));

        var results = outcome.Result.Injections;
        Assert.Equal([10, 40, 180], results.Select(one => one.AtUs));
        Assert.InRange(results[0].RecoveredAfterUs!.Value, 10, 30);
        Assert.InRange(results[1].RecoveredAfterUs!.Value, 100, 120);
        Assert.Null(results[2].RecoveredAfterUs);
    }

    [Theory]
    [InlineData("server.nic.vf[1]")]
    [InlineData("server.nic")]
    [InlineData("server.link")]
    [InlineData("load[1].link")]
    public void What_two_faults_hold_down_is_up_when_the_last_of_them_ends(string target)
    {
        var outcome = SmallWorld.Run(SmallWorld.Read(
            SmallWorld.Text.Replace("outstanding: 2", "rate: 1000000/s") + "\n" + $$"""
            inject:
              - { at: 20us, fault: { target: "{{target}}", kind: link-down, for: 100us } }
              - { at: 40us, fault: { target: "{{target}}", kind: link-down, for: 20us } }
              - { at: 100us, fault: { target: "{{target}}", kind: link-down, for: 50us } }
            """));

        var results = outcome.Result.Injections;
        Assert.InRange(results[0].RecoveredAfterUs!.Value, 130, 150);
        Assert.InRange(results[1].RecoveredAfterUs!.Value, 110, 130);
        Assert.InRange(results[2].RecoveredAfterUs!.Value, 50, 70);
    }

    [Fact]
    public void A_revoked_network_is_forced_and_siblings_are_untouched()
    {
        using var command = new CommandRun();
        var file = command.Write("small.yaml", SmallWorld.Text);
        var revoked = command.Write("revoked.yaml", SmallWorld.Text + "\n" + """
            inject:
              - { at: 50us, revoke: { target: "server.echo[1]", resource: network, mode: ask } }
            """);

        var before = command.Result(file);
        var after = command.Result(revoked);

        Assert.Equal(Each(before)[0].ToString(), Each(after)[0].ToString());
        Assert.InRange(
            Each(after)[1].GetProperty("operations").GetDouble()
                / Each(before)[1].GetProperty("operations").GetDouble(), 0.15, 0.35);
        var injection = after.GetProperty("injections")[0];
        Assert.Equal("forced", injection.GetProperty("outcome").GetString());
        Assert.Equal("revoke network", injection.GetProperty("what").GetString());
        Assert.Equal(JsonValueKind.Null, injection.GetProperty("recovered_after_us").ValueKind);
    }

    [Fact]
    public void A_watch_keeps_the_first_reply_to_a_request_due_after_its_time()
    {
        var watch = new ServiceWatch(1, [1]);
        var early = watch.WatchTenant(0, 100);
        var late = watch.WatchTenant(0, 300);

        watch.Seen(0, 0, new LibOS.Clients.TimedReply(0, 0, 99, 150));
        Assert.Null(early.ServedPs);
        watch.Seen(0, 0, new LibOS.Clients.TimedReply(0, 0, 100, 260));
        watch.Seen(0, 0, new LibOS.Clients.TimedReply(0, 0, 110, 240));
        watch.Seen(0, 0, new LibOS.Clients.TimedReply(0, 0, 301, 400));

        Assert.Equal((240L, 400L), (early.ServedPs, late.ServedPs));
    }

    private static List<JsonElement> Each(JsonElement run) =>
        [.. run.GetProperty("groups")[0].GetProperty("each").EnumerateArray()];
}
