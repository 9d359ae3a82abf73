using Disguise.Host.Composition;
using Disguise.Host.Results;
using Disguise.Host.Running;

namespace Disguise.Host.Referees;

/// <summary>
/// Programs that crashed. Who lost something by an injection of the experiment may crash of it; all
/// others are to run on, so that a program which finds its data wrong, or is refused what it
/// needs, is never taken for one that had nothing to do.
/// </summary>
internal static class Crashes
{
    /// <summary>The tenants that crashed in a world that does not run just now.</summary>
    public static IReadOnlyList<CrashedTenant> Of(
        World world, Injections injections, long measureStartPs) =>
    [
        .. world.Readiness.Crashes.Select(crash => new CrashedTenant
        {
            Address = crash.Key,
            Reason = crash.Value.Reason,
            AtUs = Rates.ToMicroseconds(crash.Value.AtPs - measureStartPs),
            After = injections.LastHit(crash.Key, crash.Value.AtPs),
        }),
    ];

    /// <summary>The name of the referee who judges them.</summary>
    public const string Referee = "tenant-crashes";

    /// <summary>Finds each crash that no injection explains.</summary>
    public static RefereeResult Judge(World world, IReadOnlyList<CrashedTenant> crashed) =>
        Referees.Referee.Judge(Referee, findings =>
        {
            findings.AddRange(crashed.Where(crash => crash.After is null)
                .Select(crash => $"{crash.Address}: {crash.Reason}"));
            return world.Readiness.ReadyCount;
        });
}
