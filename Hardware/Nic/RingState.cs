namespace Disguise.Hardware.Nic;

/// <summary>One descriptor ring as its registers say; for inspection.</summary>
/// <param name="Queue">Number of the queue.</param>
/// <param name="Direction">Receive or transmit.</param>
/// <param name="BaseAddress">In the function's address space.</param>
/// <param name="Descriptors">How many it has.</param>
/// <param name="Head">The descriptor that the device uses next.</param>
/// <param name="Tail">Behind the last that the device may use.</param>
/// <param name="IsEnabled">Whether the queue is enabled.</param>
/// <param name="BitsPerSecond">Its rate, 0 for none.</param>
public sealed record RingState(
    int Queue,
    QueueDirection Direction,
    ulong BaseAddress,
    int Descriptors,
    int Head,
    int Tail,
    bool IsEnabled,
    long BitsPerSecond);
