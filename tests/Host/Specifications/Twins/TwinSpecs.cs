using System.Reflection;
using Disguise.Specification.Clauses;
using Xunit.Abstractions;
using Xunit.Sdk;
using Clauses = Disguise.Specification.ArchitectureSpecification;

namespace Disguise.Host.Tests.Specifications.Twins;

/// <summary>
/// Every clause of the specification can fail: there is an architecture for each, broken in one
/// place, that does not pass it.
/// </summary>
public sealed class TwinSpecs(ITestOutputHelper output)
{
    private static readonly (string Clause, Func<Twin> Make)[] Twins =
    [
        (nameof(Clauses.Every_request_is_answered_once_and_in_order),
            BrokenOnes.ForgetsEachTenthReply),
        (nameof(Clauses.A_burst_is_answered_in_order), BrokenOnes.LosesWhatHadToWait),
        (nameof(Clauses.The_applications_own_work_takes_its_time), BrokenOnes.ChargesTwice),
        (nameof(Clauses.A_seed_decides_the_run), BrokenOnes.RemembersItsRuns),
        (nameof(Clauses.A_tenant_gets_the_frames_that_are_for_it_and_no_others),
            BrokenOnes.MistakesOneTenantForTheOther),
        (nameof(Clauses.A_flood_on_one_tenant_leaves_the_latencies_of_another),
            BrokenOnes.PutsAllOnOneCore),
        (nameof(Clauses.A_tenant_cannot_read_the_memory_of_another),
            BrokenOnes.WithoutPageProtection),
        (nameof(Clauses.A_rate_limit_holds_one_tenant_and_no_other), BrokenOnes.KnowsNoRates),
        (nameof(Clauses.A_crash_takes_its_own_tenant_and_no_other),
            BrokenOnes.KeepsWhatTheDeadHad),
        (nameof(Clauses.A_crash_takes_its_own_tenant_and_no_other),
            BrokenOnes.MicrokernelObeysTenants),
        (nameof(Clauses.A_wild_access_ends_its_own_tenant_and_no_other),
            BrokenOnes.SurvivesItsFaults),
        (nameof(Clauses.A_wild_access_ends_its_own_tenant_and_no_other),
            BrokenOnes.ExokernelObeysTenants),
        (nameof(Clauses.A_network_taken_by_force_is_gone_and_no_other),
            BrokenOnes.SaysThatItRevoked),
        (nameof(Clauses.A_network_taken_by_force_is_gone_and_no_other),
            BrokenOnes.ArrakisObeysTenants),
        (nameof(Clauses.A_network_is_taken_once), BrokenOnes.TakesTwice),
        (nameof(Clauses.A_port_in_use_is_refused), BrokenOnes.BindsAnything),
        (nameof(Clauses.Too_many_ports_are_refused), BrokenOnes.BindsAnything),
        (nameof(Clauses.A_bad_pointer_is_refused), BrokenOnes.BelievesPointers),
        (nameof(Clauses.A_tenant_too_many_is_served_or_refused_with_a_reason),
            BrokenOnes.RefusesWithoutReason),
        (nameof(Clauses.A_tenant_without_memory_left_is_refused_with_a_reason),
            BrokenOnes.RefusesWithoutReason),
        (nameof(Clauses.The_ledger_and_idle_time_are_the_cores_time),
            BrokenOnes.CountsTheKernelTwice),
        (nameof(Clauses.Frames_in_are_frames_out_or_dropped_for_a_reason),
            BrokenOnes.LosesAFrame),
        (nameof(Clauses.A_frame_of_memory_has_one_owner), BrokenOnes.MapsTheKernelsFrame),
        (nameof(Clauses.Messages_to_the_kernel_are_counted_by_what_they_are_about),
            BrokenOnes.CountsTheFirstMessagesOnly),
    ];

    public static TheoryData<string, string> Names
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var (clause, make) in Twins)
                names.Add(clause, make.Method.Name);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_clause_is_failed_by(string clause, string broken)
    {
        var (_, make) = Twins.Single(twin =>
            twin.Clause == clause && twin.Make.Method.Name == broken);
        var check = typeof(Clauses).GetMethod(clause)!.CreateDelegate<Action>(make());

        output.WriteLine(Assert.ThrowsAny<XunitException>(check).Message);
    }

    public static TheoryData<string, string> Guarded
    {
        get
        {
            var names = new TheoryData<string, string>();
            foreach (var (clause, make) in Twins.Where(twin => twin.Make().Off is not null))
                names.Add(clause, make.Method.Name);
            return names;
        }
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public void With_its_guard_on_the_same_passes_the_clause(string clause, string broken)
    {
        var (_, make) = Twins.Single(twin =>
            twin.Clause == clause && twin.Make.Method.Name == broken);

        typeof(Clauses).GetMethod(clause)!.CreateDelegate<Action>(make().Guarded())();
    }

    [Fact]
    public void Every_clause_has_a_twin()
    {
        var clauses = typeof(Clauses).GetMethods()
            .Where(method => method.GetCustomAttribute<ClauseAttribute>() is not null)
            .Select(method => method.Name);

        Assert.Empty(clauses.Except(Twins.Select(twin => twin.Clause)));
    }
}
