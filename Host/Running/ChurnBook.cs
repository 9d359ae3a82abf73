using Disguise.Actors.Islands;
using Disguise.Host.Results;
using Disguise.LibOS.Composition;
using Disguise.LibOS.Composition.Churn;

namespace Disguise.Host.Running;

/// <summary>
/// The coming and going of one group's tenants on one machine. Only the machine's island writes;
/// the runner reads while none runs.
/// </summary>
/// <param name="group">Number of the machine group.</param>
/// <param name="tenants">Number of the tenant group in it.</param>
/// <param name="island">The machine's island.</param>
internal sealed class ChurnBook(int group, int tenants, Island island) : ITenantChurnObserver
{
    /// <summary>Significant digits of the time that set-ups take.</summary>
    public const int Digits = 2;

    private readonly SortedDictionary<string, long> failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> arrivedPs = new(StringComparer.Ordinal);

    /// <summary>Number of the machine group.</summary>
    public int Group => group;

    /// <summary>Number of the tenant group in it.</summary>
    public int Tenants => tenants;

    /// <summary>Tenants that arrived and got a place.</summary>
    public long Arrivals { get; private set; }

    /// <summary>Tenants that arrived when no place was free.</summary>
    public long TurnedAwayCount { get; private set; }

    /// <summary>Tenants whose lifetime ended, and all they had was given back.</summary>
    public long Departures { get; private set; }

    /// <summary>Tenants that ended before their lifetime, and all they had was given back.
    /// </summary>
    public long EarlyEnds { get; private set; }

    /// <summary>Tenants whose set-up the kernel refused, by what was refused and why.</summary>
    public IReadOnlyDictionary<string, long> Failures => failures;

    /// <summary>From the arrival of a tenant until it serves.</summary>
    public LatencyRecorder StartsUp { get; } = new(Digits);

    /// <inheritdoc/>
    public void Arrived(TenantPlan tenant, long atPs)
    {
        Arrivals++;
        arrivedPs[tenant.Address] = atPs;
    }

    /// <inheritdoc/>
    public void TurnedAway(long atPs) => TurnedAwayCount++;

    /// <inheritdoc/>
    public void Ended(TenantPlan tenant, long atPs, bool isDeparture)
    {
        if (isDeparture)
            Departures++;
        else
            EarlyEnds++;
    }

    /// <summary>A tenant serves.</summary>
    public void Ready(string address) =>
        StartsUp.Record(island.NowPs - arrivedPs[address]);

    /// <summary>A tenant's set-up was refused.</summary>
    public void Failed(string reason)
    {
        var key = KeyOf(reason);
        failures.TryGetValue(key, out var known);
        failures[key] = known + 1;
    }

    /// <summary>
    /// A reason as a key of a result: <c>create-card-functions-exhausted</c>.
    /// </summary>
    private static string KeyOf(string reason)
    {
        var key = new System.Text.StringBuilder();
        foreach (var letter in reason)
        {
            var isWord = char.IsAsciiLetterOrDigit(letter);
            if ((!isWord || char.IsUpper(letter)) && key.Length > 0 && key[^1] != '-')
                key.Append('-');
            if (isWord)
                key.Append(char.ToLowerInvariant(letter));
        }

        return key.ToString();
    }
}
