using Disguise.Hardware.Network;
using Disguise.Kernels.Abstractions.Network;

namespace Disguise.Kernels.Monolithic.Network;

/// <summary>Where answers of the stacks go: to a queue pair's ring, counted.</summary>
internal sealed class AnswerSink(NetworkState state) : IFrameSink
{
    /// <summary>The queue pair that sends.</summary>
    public QueuePair Queue { get; set; } = null!;

    /// <inheritdoc/>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        PacketCounters counters = state.Transmitted;
        counters.CountReceived();
        var isSent = Queue.Driver.TrySend(frame);
        if (isSent)
            counters.CountSent();
        else
            counters.CountDropped(MonolithicDrops.QueueingDisciplineFull);
        return isSent;
    }
}
