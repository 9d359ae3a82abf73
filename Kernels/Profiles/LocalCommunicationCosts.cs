using Disguise.Actors.Ledgers;

namespace Disguise.Kernels.Profiles;

/// <summary>What a kernel spends on messages between processes of its machine, beside the calls,
/// wake-ups and switches that they take.</summary>
public static class LocalCommunicationCosts
{
    /// <summary>A read or a write of a pipe.</summary>
    public static CostKey PipeCall { get; } = CostKey.Define(
        "pipe-call", CostSource.Profile, CostUnit.Event,
        "a read or write of a pipe: descriptor, locks, buffer, beside the call and the bytes");

    /// <summary>A byte of it.</summary>
    public static CostKey PipeByte { get; } = CostKey.Define(
        "pipe-byte", CostSource.Profile, CostUnit.Byte,
        "a byte copied between a pipe and a process");

    /// <summary>A signal that one process sends another.</summary>
    public static CostKey SignalSend { get; } = CostKey.Define(
        "signal-send", CostSource.Profile, CostUnit.Event,
        "a signal entered for another process, beside the call and the wake-up");
}
