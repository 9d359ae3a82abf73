using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Running;

/// <summary>
/// Counts tenants whose set-up has ended. Islands report from several threads; the runner reads
/// between two steps of virtual time, when none runs.
/// </summary>
public sealed class ReadinessCount : IReadiness
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, string> failures = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, TenantCrash> crashes = new(StringComparer.Ordinal);
    private readonly HashSet<string> ended = new(StringComparer.Ordinal);
    private readonly List<PacketCounters> counters = [];
    private int ready;

    /// <summary>Tenants that serve.</summary>
    public int ReadyCount => ready;

    /// <summary>Tenants that were refused something, with the reason, by address.</summary>
    public IReadOnlyDictionary<string, string> Failures => failures;

    /// <summary>The first crash of each tenant that crashed, by address.</summary>
    public IReadOnlyDictionary<string, TenantCrash> Crashes => crashes;

    /// <summary>Tenants whose set-up has ended one way or another.</summary>
    public int EndedCount => ended.Count;

    /// <summary>Whether a tenant's set-up has ended.</summary>
    public bool HasEnded(string address) => ended.Contains(address);

    /// <summary>What the tenants' libraries count of frames.</summary>
    public IReadOnlyList<PacketCounters> Counters => counters;

    /// <summary>What tenants have measured themselves.</summary>
    internal OperationBook Operations { get; } = new();

    /// <inheritdoc/>
    public void Operation(string address, long startPs, long endPs) =>
        Operations.Record(address, endPs - startPs);

    /// <inheritdoc/>
    public void Counts(PacketCounters libraries)
    {
        lock (gate)
            counters.Add(libraries);
    }

    /// <inheritdoc/>
    public void Ready(string address)
    {
        lock (gate)
        {
            ready++;
            ended.Add(address);
        }
    }

    /// <inheritdoc/>
    public void Failed(string address, string reason)
    {
        lock (gate)
        {
            failures[address] = reason;
            ended.Add(address);
        }
    }

    /// <inheritdoc/>
    public void Crashed(string address, string reason, long atPs)
    {
        lock (gate)
        {
            crashes.TryAdd(address, new TenantCrash(reason, atPs));
            ended.Add(address);
        }
    }
}
