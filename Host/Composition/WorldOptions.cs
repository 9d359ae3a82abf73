using Disguise.Actors.Faults;
using Disguise.Actors.Ledgers;
using Disguise.Hardware.Observation;
using Disguise.LibOS.Clients;

namespace Disguise.Host.Composition;

/// <summary>How a world is built beyond its experiment. Only seed and guards change the run.
/// </summary>
internal sealed record WorldOptions
{
    public required ulong Seed { get; init; }

    public required CostTable Costs { get; init; }

    public int Threads { get; init; } = 1;

    public Guards Guards { get; init; } = Guards.All;

    public IRequestObserver? Requests { get; init; }

    /// <summary>Sees each reply as its client does, from the threads of the islands.</summary>
    public ILatencySink? Replies { get; init; }

    public int WindowDivisor { get; init; } = 1;

    public ulong? ShuffleSeed { get; init; }
}
