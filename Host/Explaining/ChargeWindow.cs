namespace Disguise.Host.Explaining;

/// <summary>The last charges of one context: what it did while a request waited in its ring.
/// </summary>
internal sealed class ChargeWindow
{
    private const int Length = 64;

    private readonly Charge[] charges = new Charge[Length];
    private int count;

    public void Add(long startPs, long durationPs, string who, string what) =>
        charges[count++ % Length] = new Charge(startPs, durationPs, who, what);

    /// <summary>The charges that end after a time, in order.</summary>
    public IEnumerable<Charge> After(long timePs)
    {
        for (var index = Math.Max(0, count - Length); index < count; index++)
        {
            var charge = charges[index % Length];
            if (charge.StartPs + charge.DurationPs > timePs)
                yield return charge;
        }
    }

    public readonly record struct Charge(long StartPs, long DurationPs, string Who, string What);
}
