namespace Disguise.Host.Results;

/// <summary>One row of a comparison: a label and a cell for each run.</summary>
/// <param name="Label">What the row shows; two spaces before a part of the row above.</param>
/// <param name="Cells">One text for each run.</param>
/// <param name="IsAlarm">Whether a referee found something.</param>
/// <param name="Compared">The number of which a comparison shows ratios; null for none.</param>
internal sealed record ResultRow(
    string Label, IReadOnlyList<string> Cells, bool IsAlarm = false,
    Func<RunResult, double?>? Compared = null);

/// <summary>The rows of a comparison, in the order in which a reader asks for them.</summary>
internal static class ResultRows
{
    /// <summary>The rows of some runs; <paramref name="all"/> are those of the whole result.
    /// </summary>
    public static IEnumerable<ResultRow> Of(
        IReadOnlyList<RunResult> runs, IReadOnlyList<RunResult> all) =>
        [.. Circumstances(runs, all), .. Speed(runs), .. Crossings(runs), .. Cores(runs),
            .. Churn(runs), .. Processor(runs), .. Packets(runs), .. LostTenants(runs),
            .. Refusals(runs),
            .. SecureBindings(runs), .. Groups(runs), .. Referees(runs)];

    public static IEnumerable<ResultRow> Circumstances(
        IReadOnlyList<RunResult> runs, IReadOnlyList<RunResult> all)
    {
        yield return Row("interface", run => run.Interface ?? ResultText.NotMeasured, runs);
        if (all.Any(run => run.Wait is not null))
        {
            yield return Row("wait", run => run.Wait ?? ResultText.NotMeasured, runs);
        }

        if (ResultText.Shared(all.Select(run => run.Platform)) is null)
        {
            yield return Row("platform", run => run.Platform ?? ResultText.NotMeasured, runs);
        }

        if (ResultText.Shared(all.Select(run => run.Profile)) is null)
        {
            yield return Row("profile", run => run.Profile ?? "none", runs);
        }
    }

    public static IEnumerable<ResultRow> Speed(IReadOnlyList<RunResult> runs)
    {
        yield return Compared("operations/s", run => run.OperationsPerSecond, runs);
        if (runs.Any(run => run.OfferedPerSecond is not null))
        {
            yield return Numbers("  offered/s", run => run.OfferedPerSecond, runs);
        }

        yield return Compared("  per busy core", run => run.OperationsPerCoreSecond, runs);
        yield return Compared("latency, mean (us)", run => run.LatencyUs.Mean, runs);
        yield return Compared("  p50", run => run.LatencyUs.P50, runs);
        yield return Compared("  p90", run => run.LatencyUs.P90, runs);
        yield return Compared("  p99", run => run.LatencyUs.P99, runs);
        yield return Compared("  p99.9", run => run.LatencyUs.P999, runs);
        yield return Compared("  max", run => run.LatencyUs.Max, runs);
    }

    public static IEnumerable<ResultRow> Crossings(IReadOnlyList<RunResult> runs)
    {
        yield return Numbers(
            "crossings/operation",
            run => ResultText.Occurred(run.CrossingsPerOperation, OpenCounts.TotalKey),
            runs);
        foreach (var kind in ResultText.Keys(runs.Select(run => run.CrossingsPerOperation)))
        {
            if (kind != OpenCounts.TotalKey)
            {
                yield return Numbers(
                    $"  {kind}",
                    run => ResultText.Occurred(run.CrossingsPerOperation, kind),
                    runs);
            }
        }

        yield return Numbers("mmio/operation", run => run.MmioPerOperation, runs);
        yield return Numbers(
            "kernel messages, data path", run => run.KernelMessagesOnDataPath, runs);
        yield return Numbers("scheduler messages", run => run.SchedulerMessages, runs);
        yield return Numbers("bytes copied/operation", run => run.BytesCopiedPerOperation, runs);
    }

    public static IEnumerable<ResultRow> Cores(IReadOnlyList<RunResult> runs)
    {
        yield return Compared("cores busy", run => run.CoresBusy, runs);
        yield return Row("core time: work", run => ResultText.Percent(run.CoreTime.Work), runs);
        yield return Row("  kernel", run => ResultText.Percent(run.CoreTime.Kernel), runs);
        yield return Row("  poll", run => ResultText.Percent(run.CoreTime.Poll), runs);
        yield return Row("  idle", run => ResultText.Percent(run.CoreTime.Idle), runs);
    }

    public static IEnumerable<ResultRow> Churn(IReadOnlyList<RunResult> runs)
    {
        if (runs.All(run => run.Churn is null))
        {
            yield break;
        }

        yield return Numbers("tenants arrived", run => run.Churn?.Arrivals, runs);
        yield return Numbers("  departed", run => run.Churn?.Departures, runs);
        yield return Numbers("  no place, refused", run => run.Churn?.RefusedArrivals, runs);
        yield return Numbers("  served", run => run.Churn?.Served, runs);
        foreach (var reason in ResultText.Keys(runs.Select(run => run.Churn?.Failed)))
        {
            yield return Numbers(
                $"    {reason}", run => ResultText.Occurred(run.Churn?.Failed, reason), runs);
        }

        yield return Numbers("arrival to service, p50 (us)", run => run.Churn?.SetUpUs.P50, runs);
        yield return Numbers("  p99", run => run.Churn?.SetUpUs.P99, runs);
        yield return Numbers("requests lost", run => run.RequestsLost, runs);
    }

    /// <summary>Processor time of an operation by component; polling is not part of the sum.
    /// </summary>
    public static IEnumerable<ResultRow> Processor(IReadOnlyList<RunResult> runs)
    {
        const string poll = "poll";
        var components = ResultText.Keys(runs.Select(run => run.CpuUsPerOperation));
        if (components.Count == 0)
        {
            yield break;
        }

        yield return Compared(
            "cpu/operation (us)",
            run => run.CpuUsPerOperation?.Sum(pair => pair.Key == poll ? 0 : pair.Value),
            runs);
        foreach (var component in components
            .Order(StringComparer.Ordinal)
            .OrderBy(component => component == poll))
        {
            yield return Numbers(
                component == poll ? "  and spinning" : $"  {component}",
                run => ResultText.Occurred(run.CpuUsPerOperation, component),
                runs);
        }
    }

    public static IEnumerable<ResultRow> Packets(IReadOnlyList<RunResult> runs)
    {
        yield return Numbers("packets sent", run => run.Packets.Sent, runs);
        yield return Numbers("  received", run => run.Packets.Received, runs);
        yield return Numbers("  dropped", run => run.Packets.Dropped?.Values.Sum(), runs);
        foreach (var row in Dropped(runs))
        {
            yield return row with { Label = "    " + row.Label };
        }
    }

    /// <summary>Frames dropped, by reason.</summary>
    public static IEnumerable<ResultRow> Dropped(IReadOnlyList<RunResult> runs) =>
        ResultText.Keys(runs.Select(run => run.Packets.Dropped)).Select(reason => Numbers(
            reason, run => ResultText.Occurred(run.Packets.Dropped, reason), runs));

    public static IEnumerable<ResultRow> Groups(IReadOnlyList<RunResult> runs)
    {
        var names = runs.SelectMany(run => run.Groups).Select(group => group.Name);
        var distinct = names.Distinct().ToArray();
        if (distinct.Length < 2)
        {
            yield break;
        }

        foreach (var name in distinct)
        {
            yield return Compared(
                $"{name}: operations/s", run => Group(run, name)?.OperationsPerSecond, runs);
            yield return Compared("  p50 (us)", run => Group(run, name)?.LatencyUs.P50, runs);
            yield return Compared("  p99 (us)", run => Group(run, name)?.LatencyUs.P99, runs);
        }
    }

    /// <summary>What hardware refused, where it refused something.</summary>
    public static IEnumerable<ResultRow> Refusals(IReadOnlyList<RunResult> runs)
    {
        foreach (var unit in ResultText.Keys(runs.Select(run => run.AccessFaults)))
        {
            yield return Numbers(
                $"refused by the {unit}", run => ResultText.Occurred(run.AccessFaults, unit), runs);
        }
    }

    /// <summary>Tenants that did not serve to the end, where there were some.</summary>
    public static IEnumerable<ResultRow> LostTenants(IReadOnlyList<RunResult> runs)
    {
        if (runs.Any(run => run.TenantsRefused > 0))
            yield return Numbers("tenants refused", run => run.TenantsRefused, runs);
        if (runs.Any(run => run.TenantsCrashed > 0))
            yield return Numbers("tenants crashed", run => run.TenantsCrashed, runs);
    }

    /// <summary>How often secure bindings were checked and used, where there are some.</summary>
    public static IEnumerable<ResultRow> SecureBindings(IReadOnlyList<RunResult> runs)
    {
        if (runs.All(run => run.SecureBindings is null))
        {
            yield break;
        }

        yield return Row("secure bindings, from boot", _ => "", runs);
        foreach (var name in ResultText.Keys(runs.Select(run => run.SecureBindings)))
        {
            yield return Numbers(
                $"  {name}", run => ResultText.Occurred(run.SecureBindings, name), runs);
        }
    }

    private static GroupResult? Group(RunResult run, string name) =>
        run.Groups.FirstOrDefault(group => group.Name == name);

    public static IEnumerable<ResultRow> Referees(IReadOnlyList<RunResult> runs)
    {
        var names = runs.SelectMany(run => run.Referees).Select(referee => referee.Name);
        foreach (var name in names.Distinct())
        {
            var found = runs
                .Select(run => run.Referees.FirstOrDefault(referee => referee.Name == name))
                .ToArray();
            yield return new ResultRow(
                $"referee {name}",
                [.. found.Select(referee => referee switch
                {
                    null => ResultText.NotMeasured,
                    { Violations: 0 } => "ok",
                    _ => $"{ResultText.Number(referee.Violations)} violations",
                })],
                found.Any(referee => referee is { Violations: > 0 }));
        }
    }

    private static ResultRow Numbers(
        string label, Func<RunResult, double?> number, IReadOnlyList<RunResult> runs) =>
        Row(label, run => ResultText.Number(number(run)), runs);

    private static ResultRow Compared(
        string label, Func<RunResult, double?> number, IReadOnlyList<RunResult> runs) =>
        Numbers(label, number, runs) with { Compared = number };

    private static ResultRow Row(
        string label, Func<RunResult, string> cell, IReadOnlyList<RunResult> runs) =>
        new(label, [.. runs.Select(cell)]);
}
