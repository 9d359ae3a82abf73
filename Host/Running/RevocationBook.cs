using Disguise.Kernels.Abstractions;

namespace Disguise.Host.Running;

/// <summary>What the kernels say became of revocations. Islands report from several threads.
/// </summary>
internal sealed class RevocationBook
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Address, string Resource, long OrderedPs),
        RevocationReport> done = [];

    public void Record(RevocationReport report)
    {
        lock (gate)
            done[(report.Address, report.Resource, report.OrderedPs)] = report;
    }

    /// <summary>What became of a revocation ordered at a time, or null.</summary>
    public RevocationReport? Find(string address, string resource, long orderedPs)
    {
        lock (gate)
            return done.GetValueOrDefault((address, resource, orderedPs));
    }
}
