using Disguise.Host.Reports;
using Disguise.Host.Results;

namespace Disguise.Host.Tests.Reports;

/// <summary>What the picture of one revocation shows.</summary>
public sealed class RevocationWindowSpecs
{
    [Fact]
    public void The_tenant_s_group_and_its_machine_s_other_groups_are_told_apart()
    {
        var window = Assert.Single(RevocationWindow.AllOf([Run("forced", 2, null)]));
        var view = Assert.Single(window.Views);

        Assert.Equal([10.0, 0], view.Hit.Select(step => step.Rate));
        Assert.Equal([20.0, 30], view.Neighbours.Select(step => step.Rate));
        Assert.Equal((-50.0, 50.0), (view.Hit[0].FromUs, view.Hit[0].UntilUs));
    }

    [Fact]
    public void It_goes_on_past_the_last_that_happens_under_any_architecture()
    {
        var window = Assert.Single(RevocationWindow.AllOf(
            [Run("forced", 2, null), Run("forced", 902, 800)]));

        Assert.Equal(2, window.Views.Count);
        Assert.True(window.FromUs < 0);
        Assert.True(window.UntilUs > 902);
        Assert.Equal(30, window.LargestRate);
    }

    [Fact]
    public void A_fault_and_a_revocation_of_what_nobody_has_are_not_pictured() =>
        Assert.Empty(RevocationWindow.AllOf([Run("not-applicable", null, null)]));

    [Fact]
    public void A_deadline_is_drawn_where_somebody_was_asked()
    {
        Assert.DoesNotContain("lifeline", Drawn(Run("forced", 2, null)));
        Assert.Contains("lifeline", Drawn(Run("returned", 2, 50)));
    }

    private static string Drawn(RunResult run)
    {
        var html = new HtmlWriter();
        RevocationChart.Draw(html, Assert.Single(RevocationWindow.AllOf([run])));
        return html.Finish();
    }

    private static RunResult Run(string outcome, double? doneUs, double? deadlineUs) => new()
    {
        Architecture = "any",
        Injections =
        [
            new InjectionResult { AtUs = 10, What = "fault link-down", Target = "server.link" },
            new InjectionResult
            {
                AtUs = 50,
                What = "revoke network",
                Target = "server.hit",
                Outcome = outcome,
                DoneAfterUs = doneUs,
                DeadlineAfterUs = deadlineUs,
            },
        ],
        Groups =
        [
            Group("hit", 1, "server.hit"), Group("near", 2, "server.near[0]"),
            Group("far", 1, "other.far[0]"),
        ],
        Series = new Dictionary<string, IReadOnlyList<double?>>
        {
            [RunResult.SeriesTimeKey] = [100, 200],
            [RunResult.GroupSeriesPrefix + "hit"] = [10, 0],
            [RunResult.GroupSeriesPrefix + "near"] = [40, 60],
            [RunResult.GroupSeriesPrefix + "far"] = [99, 99],
        },
    };

    private static GroupResult Group(string name, int tenants, string first) => new()
    {
        Name = name,
        Tenants = tenants,
        Each = [new TenantResult { Name = first }],
    };
}
