namespace Disguise.Host.Running;

/// <summary>What the kernels say became of revocations. Islands report from several threads.
/// </summary>
internal sealed class RevocationBook
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Address, long OrderedPs), (long DonePs, int Cards)> done =
        [];

    public void Record(string address, long orderedPs, long donePs, int cards)
    {
        lock (gate)
            done[(address, orderedPs)] = (donePs, cards);
    }

    /// <summary>When a revocation ordered at a time was done and what it took, or null.</summary>
    public (long DonePs, int Cards)? Find(string address, long orderedPs)
    {
        lock (gate)
            return done.TryGetValue((address, orderedPs), out var found) ? found : null;
    }
}
