using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Composition.Churn;

namespace Disguise.Host.Running;

/// <summary>
/// Tells the tenants of one machine apart whose set-up has ended: those that an experiment waits
/// for, and those that come and go.
/// </summary>
internal sealed class MachineReadiness(IReadiness all) : IReadiness
{
    private readonly Dictionary<string, ChurnBook> books = new(StringComparer.Ordinal);

    /// <summary>The tenants at some places are a source's.</summary>
    public void Add(TenantChurn churn, ChurnBook book)
    {
        foreach (var place in churn.Places)
            books.Add(place.Address, book);
    }

    /// <summary>
    /// Where tenants come and go, what their libraries counted goes with them: thousands may pass.
    /// </summary>
    public void Counts(PacketCounters counters)
    {
        if (books.Count == 0)
            all.Counts(counters);
    }

    /// <inheritdoc/>
    public void Operation(string address, long startPs, long endPs) =>
        all.Operation(address, startPs, endPs);

    /// <inheritdoc/>
    public void Crashed(string address, string reason, long atPs) =>
        all.Crashed(address, reason, atPs);

    /// <inheritdoc/>
    public void Ready(string address)
    {
        if (books.TryGetValue(address, out var book))
            book.Ready(address);
        else
            all.Ready(address);
    }

    /// <inheritdoc/>
    public void Failed(string address, string reason)
    {
        if (books.TryGetValue(address, out var book))
            book.Failed(reason);
        else
            all.Failed(address, reason);
    }
}
