using Disguise.Host.Results;

namespace Disguise.Host.Running;

/// <summary>
/// Operations that applications have measured themselves, by tenant. Islands record from several
/// threads; a tenant's are all from one, so their sum does not depend on the order.
/// </summary>
internal sealed class OperationBook
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, LatencyRecorder> recorders =
        new(StringComparer.Ordinal);

    /// <summary>Operations of all tenants.</summary>
    public long Count => recorders.Values.Sum(recorder => recorder.Count);

    /// <summary>An operation of a tenant has ended.</summary>
    public void Record(string address, long durationPs)
    {
        lock (gate)
        {
            if (!recorders.TryGetValue(address, out var recorder))
                recorders.Add(address, recorder = new LatencyRecorder());
            recorder.Record(durationPs);
        }
    }

    /// <summary>Measuring begins: what was before does not count. No island runs.</summary>
    public void Clear() => recorders.Clear();

    /// <summary>Adds what all tenants have measured.</summary>
    public void AddTo(LatencyRecorder sum)
    {
        foreach (var recorder in recorders.Values)
            sum.Add(recorder);
    }

    /// <summary>What a tenant has measured, or null.</summary>
    public LatencyRecorder? Of(string address) => recorders.GetValueOrDefault(address);
}
